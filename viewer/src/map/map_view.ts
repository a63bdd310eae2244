/** The map: everything at once, by communities. */

import type { App, Part } from "../core/app.js";
import { h, oneLine, put } from "../core/dom.js";
import { dayWords } from "../core/event_words.js";
import { count, counted } from "../core/format.js";
import { makeGlRenderer } from "./gl_renderer.js";
import { listenToMap } from "./map_gestures.js";
import type { Colours } from "./scene.js";
import { Stage } from "./stage.js";

const MOVE = 260; // milliseconds

export function makeMap(app: App): Part {
  const { graph, store } = app;
  const notice = h("p", { class: "ng-map-notice", hidden: true });
  const empty = h("p", { class: "ng-map-empty", hidden: true }, "Nothing in the graph passes the filters.");
  const tip = h("div", { class: "ng-map-tip", "aria-hidden": "true", hidden: true });
  const partial = graph.core.complete ? "" : `The map shows the ${count(graph.size)} most connected of ${counted(graph.core.total, "thing")}. `;
  const plain = (drawn: number, of: number): void => say(`${partial}Without WebGL the map ${drawn < of ? `draws only the ${count(drawn)} most reported of ${counted(of, "thing")}; the table lists all` : "is drawn completely, but more slowly"}.`);
  const stage = new Stage(graph, makeGlRenderer, plain);
  const surface = h("div", { class: "ng-map-surface", role: "img", tabindex: 0 });
  const paper = h("div", { class: "ng-map-paper" });
  const printed = matchMedia("print");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const time = (): number => (still.matches ? 0 : MOVE);
  const button = (sign: string, label: string, act: () => void): HTMLElement => h("button", { type: "button", class: "ng-button", "aria-label": label, title: label, onclick: act }, sign);
  const controls = h("div", { class: "ng-map-controls", role: "group", "aria-label": "Map" },
    button("+", "Zoom in", () => stage.camera.zoomAt(1.5)),
    button("−", "Zoom out", () => stage.camera.zoomAt(1 / 1.5)),
    button("Fit", "Fit all to the view", () => stage.fit(time())),
    button("Save picture", "Save picture of the visible part", () => void save()),
  );
  const element = h("div", { class: "ng-map" }, stage.element, surface, paper, notice, empty, tip, controls);
  let mask: Uint8Array | null = null;
  let chosen = -1;
  let dark: boolean | null = null;

  if (partial && notice.hidden) say(partial.trim());

  listenToMap(surface, stage.camera, {
    hover: (x, y) => point(x, y, stage.at(x, y, 5)),
    leave: () => point(0, 0, -1),
    click: (x, y, touch) => {
      const node = stage.at(x, y, touch ? 16 : 6);
      app.choose(node < 0 ? null : node);
    },
    double: (x, y) => {
      if (stage.at(x, y, 6) >= 0) store.change({ view: "focus" });
      else stage.camera.zoomAt(2, x, y);
    },
    fit: () => stage.fit(time()),
    enter: () => {
      if (app.chosen() >= 0) store.change({ view: "focus" });
    },
    escape: () => app.choose(null),
  });

  function say(text: string): void {
    put(notice, text);
    notice.hidden = false;
  }

  function point(x: number, y: number, node: number): void {
    stage.hover(node);
    surface.classList.toggle("ng-over", node >= 0);
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
    const drawn = stage.picture();
    const picture = drawn && (await new Promise<Blob | null>((done) => drawn.toBlob(done, "image/png")));
    if (!picture) return;
    app.save("map.png", picture);
    app.say("Picture saved");
  }

  function summary(now: Uint8Array): string {
    const counts = new Map<string, number>();
    now.forEach((on, node) => {
      if (on) counts.set(graph.kind(node).name, (counts.get(graph.kind(node).name) ?? 0) + 1);
    });
    const told = graph.core.kinds.filter((kind) => counts.has(kind.name)).map((kind) => counted(counts.get(kind.name) ?? 0, kind.label.toLowerCase(), kind.plural.toLowerCase()));
    const list = told.length > 1 ? `${told.slice(0, -1).join(", ")} and ${told.at(-1)}` : (told[0] ?? "nothing");
    return `Map of ${list}, grouped by communities; the table lists the same`;
  }

  return {
    element,
    update: () => {
      const now = app.shown();
      if (dark !== app.dark()) {
        dark = app.dark();
        stage.setTheme(coloursOf(app));
      }
      if (mask !== now) {
        mask = now;
        stage.setMask(now);
        surface.setAttribute("aria-label", summary(now));
        empty.hidden = now.includes(1);
      }
      if (chosen !== app.chosen()) {
        chosen = app.chosen();
        stage.select(chosen);
        if (chosen >= 0) stage.reveal(chosen, time());
      }
      put(paper, printed.matches ? stage.picture() : null);
    },
    resize: () => {
      const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = controls;
      stage.keepClear([{ left, top, right: left + offsetWidth, bottom: top + offsetHeight }]);
      stage.resize(element.clientWidth, element.clientHeight);
    },
    destroy: () => stage.destroy(),
  };
}

function coloursOf(app: App): Colours {
  const style = getComputedStyle(app.root);
  const token = (name: string): string => style.getPropertyValue(`--ng-${name}`).trim();
  return {
    kinds: app.graph.core.kinds.map((kind) => (app.dark() ? kind.dark : kind.colour)),
    ground: token("ground"), raised: token("raised"), text: token("text"), muted: token("muted"), line: token("line-strong"), accent: token("accent"),
    font: style.fontFamily,
  };
}
