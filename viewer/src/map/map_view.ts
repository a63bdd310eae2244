/** The map: everything at once, by communities. */

import type { App, Part } from "../core/app.js";
import { captioned } from "../core/captions.js";
import { h, oneLine, put } from "../core/dom.js";
import { dayWords } from "../core/event_words.js";
import { count, counted, inWords } from "../core/format.js";
import { menu } from "../core/menu.js";
import type { Look } from "../data/work.js";
import { makeGlRenderer } from "./gl_renderer.js";
import { listenToMap } from "./map_gestures.js";
import { COLOURS, SCALE, SIZES } from "./map_looks.js";
import type { Colours } from "./scene.js";
import { Stage } from "./stage.js";

const MOVE = 420; // milliseconds
const MANY = 1200; // marks: of more the map first draws the communities
const ROOM = 480; // square pixels for each mark: where there is less, as well
const DOUBLE = 350; // milliseconds between two clicks
const FOOT = 10; // pixels below the buttons
const NEAR = 8; // pixels between two clicks in one place

export function makeMap(app: App): Part {
  const { graph, store } = app;
  const notice = h("p", { class: "ng-map-notice", hidden: true });
  const empty = h("p", { class: "ng-map-empty", hidden: true }, graph.core.help.nothing);
  const tip = h("div", { class: "ng-map-tip", "aria-hidden": "true", hidden: true });
  const partial = graph.core.complete ? "" : `The map shows the ${count(graph.size)} most connected of ${counted(graph.core.total, "thing")}. `;
  const plain = (drawn: number, of: number): void => say(`${partial}Without WebGL the map ${drawn < of ? `draws only the ${count(drawn)} most reported of ${counted(of, "thing")}; the table lists all` : "is drawn completely, but more slowly"}.`);
  const stage = new Stage(graph, app.numbers(), makeGlRenderer, plain, () => FOOT + foot.offsetHeight);
  const surface = h("div", { class: "ng-map-surface", role: "img", tabindex: 0 });
  const paper = h("div", { class: "ng-map-paper" });
  const printed = matchMedia("print");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const time = (): number => (still.matches ? 0 : MOVE);
  const picture = (): HTMLElement => button("Save picture", graph.core.help.picture, () => void save()); // beside the others, or in the menu where there is no room
  const button = (sign: string, label: string, act: () => unknown): HTMLElement => h("button", { type: "button", class: "ng-button", "aria-label": label, title: label, onclick: act }, sign);
  const look = (part: Partial<Look>): void => store.change({ look: { ...store.state.look, ...part } }, false);
  const choice = (key: "size" | "colour", values: Readonly<Record<string, string>>): HTMLSelectElement => {
    const select = h("select", { onchange: () => look({ [key]: select.value }) }, Object.entries(values).map(([value, words]) => h("option", { value }, words)));
    return select;
  };
  const size = choice("size", SIZES), colour = choice("colour", COLOURS);
  const single = h("input", { type: "checkbox", onchange: () => look({ single: single.checked }) });
  const choices = [["Size: ", size], ["Colour: ", colour], [single, " stories of one article"]].map((one) => h("label", { class: "ng-map-choice" }, one));
  const looks = menu("Look", null, [...choices, h("div", { class: "ng-only-narrow" }, picture())]);
  const several = graph.core.communities.length > 1;
  const communities = button("Communities", graph.core.help[several ? "circles" : "oneCircle"], () => several && look({ upper: !isUpper() }));
  if (!several) communities.setAttribute("aria-disabled", "true");
  const lasso = button("Lasso", graph.core.help.lasso, () => {
    lassoing = !lassoing;
    lasso.setAttribute("aria-pressed", String(lassoing));
  });
  const legend = h("p", { class: "ng-map-legend", hidden: true });
  let lassoing = false;
  let moved = -1;
  let picked = { time: -Infinity, x: 0, y: 0 }; // when and where a node was last chosen by a click
  const controls = h("div", { class: "ng-map-controls", role: "group", "aria-label": "Map" },
    button("+", "Zoom in", () => stage.camera.zoomAt(1.5)),
    button("−", "Zoom out", () => stage.camera.zoomAt(1 / 1.5)),
    button("Fit", "Fit all to the view", () => stage.fit(time())),
    communities, lasso, looks,
    picture(),
  );
  const foot = h("div", { class: "ng-map-foot" }, notice, controls);
  const element = h("div", { class: "ng-map" }, stage.element, surface, paper, empty, legend, tip, foot);
  let mask: Uint8Array | null = null;
  let drawn = 0;
  let folded = 0;
  let chosen = -1;
  let dark: boolean | null = null;

  if (partial && notice.hidden) say(partial.trim());

  listenToMap(surface, stage.camera, {
    hover: (x, y) => point(x, y, stage.at(x, y, 5)),
    leave: () => point(-1, -1, -1),
    click: (x, y, touch, shift) => {
      // the second of two clicks in one place, which opens the focus
      if (performance.now() - picked.time < DOUBLE && Math.hypot(x - picked.x, y - picked.y) < NEAR) return;
      const sign = stage.around.signAt(x, y);
      if (sign >= 0) {
        expand([sign]);
        return;
      }
      const disc = stage.disc(x, y);
      if (disc >= 0) {
        stage.open(disc, time());
        app.say(`Community ${graph.core.communities[disc]?.name ?? ""}`);
        return;
      }
      const node = stage.at(x, y, touch ? 16 : 6);
      if (shift && node >= 0) app.collect([node], !store.state.work.set.includes(graph.iri(node) ?? ""));
      else {
        if (node >= 0) picked = { time: performance.now(), x, y };
        app.choose(node < 0 ? null : node);
      }
    },
    begin: (x, y, shift) => {
      if (lassoing || shift) return "lasso";
      const node = stage.at(x, y, 3);
      moved = node >= 0 && stage.around.has(node) ? node : -1;
      return moved < 0 ? null : "move";
    },
    drag: (points, done) => {
      const last = points.at(-1) as { x: number; y: number };
      if (moved >= 0 && !lassoing) {
        const [across, down] = stage.around.move(moved, last.x, last.y);
        const iri = graph.iri(moved);
        if (done && iri) store.gather({ pins: [...store.state.work.pins.filter(([one]) => one !== iri), [iri, across, down]] });
      } else if (!done) stage.drawLasso(points);
      else {
        const nodes = stage.within(points);
        stage.drawLasso([]);
        if (nodes.length) app.collect(nodes);
      }
      if (done) moved = -1;
    },
    expand: () => expand(stage.around.closed()),
    double: (x, y) => {
      if (app.chosen() >= 0 && (performance.now() - picked.time < 2 * DOUBLE || stage.at(x, y, 6) >= 0)) store.change({ view: "focus" });
      else if (stage.disc(x, y) < 0) stage.camera.zoomAt(2, x, y);
    },
    fit: () => stage.fit(time()),
    enter: () => {
      if (app.chosen() >= 0) store.change({ view: "focus" });
    },
    escape: () => app.choose(null),
  });

  /** Spread the neighbours of these as well, or fold them where they are spread; of all neighbours where none is named. */
  function expand(nodes: readonly number[]): void {
    const { expanded } = store.state.work;
    const iris = nodes.map((node) => graph.iri(node)).filter((iri): iri is string => iri !== null);
    const open = iris.filter((iri) => !expanded.includes(iri));
    store.gather({ expanded: open.length ? [...expanded, ...open] : expanded.filter((iri) => !iris.includes(iri)) });
  }

  /** Whether communities are drawn as discs: as the reader chose, else where there are too many marks, or too many for the room. */
  function isUpper(): boolean {
    return several && (store.state.look.upper ?? drawn > Math.min(MANY, (element.clientWidth * element.clientHeight || Infinity) / ROOM));
  }

  function setUpper(): void {
    stage.setUpper(isUpper());
    communities.setAttribute("aria-pressed", String(isUpper()));
  }

  /** What is drawn: stories of one article only where the reader wants them. */
  function drawable(shown: Uint8Array): Uint8Array {
    folded = 0;
    if (store.state.look.single) return shown;
    const now = shown.slice();
    const [first, past] = graph.range("story");
    for (let story = first; story < past; story++) {
      if (!now[story] || (app.numbers().articles(story) ?? 2) > 1 || story === app.chosen()) continue;
      now[story] = 0;
      folded++;
    }
    return folded < past - first ? now : shown; // where there are no others
  }

  function say(text: string): void {
    put(notice, text);
    notice.hidden = false;
  }

  function point(x: number, y: number, node: number): void {
    stage.hover(node, x, y);
    surface.classList.toggle("ng-over", node >= 0 || stage.disc(x, y) >= 0);
    tip.hidden = node < 0;
    if (node < 0) return;
    const articles = graph.isArticle(node) ? null : app.numbers().articles(node);
    const told = articles === null ? null : `in ${counted(articles, "article")}`;
    put(tip, h("strong", { dir: "auto" }, oneLine(graph.label(node), 120)), h("span", {}, [graph.kind(node).label, told, dayWords(graph, node)].filter(Boolean).join(", ")));
    const left = Math.max(8, Math.min(x + 14, stage.camera.width - tip.offsetWidth - 8));
    const top = y + 18 + tip.offsetHeight > stage.camera.height ? y - tip.offsetHeight - 12 : y + 18;
    tip.style.transform = `translate(${left}px, ${Math.max(8, top)}px)`;
  }

  async function save(): Promise<void> {
    const map = stage.picture();
    const picture = map && (await new Promise<Blob | null>((done) => captioned(app, map, 2).toBlob(done, "image/png")));
    if (!picture) return;
    app.save("map.png", picture);
    app.say("Picture saved");
  }

  /** What the colours say, where these are no kinds. */
  function scaleLegend(look: string): void {
    legend.hidden = look === "kind" || !(look in COLOURS);
    const steps = app.dark() ? SCALE.dark : SCALE.light;
    const [low, high] = look === "first" ? ["early", "late"] : ["low", "high"];
    put(legend, `${COLOURS[look] ?? ""}: ${low} `, steps.slice(0, -1).map((step) => {
      const swatch = h("i", {});
      swatch.style.background = step; // the page's policy allows no style attributes
      return swatch;
    }), ` ${high}`);
  }

  function summary(now: Uint8Array): string {
    const counts = new Map<string, number>();
    now.forEach((on, node) => {
      if (on) counts.set(graph.kind(node).name, (counts.get(graph.kind(node).name) ?? 0) + 1);
    });
    const told = graph.core.kinds.filter((kind) => counts.has(kind.name)).map((kind) => counted(counts.get(kind.name) ?? 0, kind.label.toLowerCase(), kind.plural.toLowerCase()));
    return `Map of ${inWords(told) || "nothing"}, ${graph.core.help.mapped}`;
  }

  return {
    element,
    update: (state, before) => {
      const now = app.shown();
      const fresh = mask === null;
      const relook = fresh || state.look !== before.look || dark !== app.dark();
      if (dark !== app.dark()) {
        dark = app.dark();
        stage.setTheme(coloursOf(app));
      }
      const filtered = mask !== now;
      if (filtered || state.look.single !== before.look.single) {
        mask = now;
        const left = drawable(now);
        drawn = left.reduce((sum, one) => sum + one, 0);
        surface.setAttribute("aria-label", summary(now));
        empty.hidden = now.includes(1);
        if (!partial) {
          notice.hidden = true;
          if (folded) say(`${counted(folded, "story", "stories")} of one article ${folded === 1 ? "is" : "are"} ${graph.core.help.undrawn}`);
        }
        stage.setMask(left, app.numbers(), time()); // after the notice, which takes room
      }
      if (relook || (filtered && state.look.size + state.look.colour !== "articleskind")) {
        stage.setLook(state.look.size, state.look.colour, graph.core.kinds.length);
        scaleLegend(state.look.colour);
        single.checked = state.look.single;
        size.value = state.look.size in SIZES ? state.look.size : "articles";
        colour.value = state.look.colour in COLOURS ? state.look.colour : "kind";
      }
      setUpper();
      const { node, edge, work } = state;
      if (fresh || node !== before.node || edge !== before.edge || work !== before.work || app.chosen() !== chosen) {
        chosen = app.chosen();
        stage.select({ node: chosen, other: edge === null ? -1 : (graph.byIri(edge) ?? -1), expanded: work.expanded, pins: work.pins }, time());
        stage.gather(work.set.map((iri) => graph.byIri(iri)).filter((one): one is number => one !== undefined));
      }
      put(paper, printed.matches ? stage.picture() : null);
    },
    resize: () => {
      const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = foot;
      stage.keepClear([{ left, top, right: left + offsetWidth, bottom: top + offsetHeight }]);
      stage.resize(element.clientWidth, element.clientHeight);
      setUpper();
    },
    destroy: () => stage.destroy(),
  };
}

function coloursOf(app: App): Colours {
  const style = getComputedStyle(app.root);
  const token = (name: string): string => style.getPropertyValue(`--ng-${name}`).trim();
  return {
    palette: [...app.graph.core.kinds.map((kind) => (app.dark() ? kind.dark : kind.colour)), ...(app.dark() ? SCALE.dark : SCALE.light)],
    ground: token("ground"), raised: token("raised"), text: token("text"), muted: token("muted"), line: token("line-strong"), accent: token("accent"),
    font: style.fontFamily,
  };
}
