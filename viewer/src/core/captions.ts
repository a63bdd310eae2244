/** What a picture says of itself, so that it can be understood where the page is not: title, filters, source. */

import type { App } from "./app.js";
import { oneLine } from "./dom.js";
import { filterWords } from "./filter_words.js";
import { counted, dates } from "./format.js";

export interface Captions {
  title: string;
  filters: string;
  source: string;
}

export function captions(app: App): Captions {
  const { graph, store } = app;
  const { core } = graph;
  const name = core.title || "newsgraph";
  const node = app.chosen();
  const [first, past] = graph.range("article");
  const days = core.nodes.day.slice(first, past).filter((day): day is number => day !== null);
  const [least, most] = days.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
  const on = filterWords(graph, store.state.filters);
  return {
    title: oneLine(node < 0 ? name : graph.label(node), 90),
    filters: on.length ? `Filters: ${on.join(", ")}` : "No filters",
    source: `Source: ${[node < 0 ? "" : name, past > first ? counted(past - first, "article") : "", days.length ? dates(least, most) : "", core.program].filter(Boolean).join(" · ")}`,
  };
}

const HEAD = 52, FOOT = 46, MARGIN = 16;

/** A picture with title, legend, filters and source round it; `scale` are pixels of the picture to one of the screen. */
export function captioned(app: App, picture: HTMLCanvasElement, scale: number): HTMLCanvasElement {
  const { title, filters, source } = captions(app);
  const style = getComputedStyle(app.root);
  const colour = (name: string): string => style.getPropertyValue(`--ng-${name}`).trim();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height + (HEAD + FOOT) * scale;
  const context = canvas.getContext("2d");
  if (!context) return picture;
  context.fillStyle = colour("panel");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, HEAD * scale);
  context.scale(scale, scale);
  const [width, height] = [canvas.width / scale, canvas.height / scale];
  const write = (text: string, x: number, y: number, font: string, fill: string): void => {
    context.font = `${font} ${style.fontFamily}`;
    context.fillStyle = fill;
    context.fillText(text, x, y, Math.max(20, width - x - MARGIN));
  };
  write(title, MARGIN, 24, "600 18px", colour("text"));
  write(filters, MARGIN, 42, "12px", colour("muted"));
  let x = MARGIN;
  for (const kind of app.graph.core.kinds) {
    const mask = app.shown();
    const [first, past] = app.graph.range(kind.name);
    if (!mask.subarray(first, past).includes(1)) continue;
    context.save();
    context.translate(x + 6, height - FOOT + 16);
    context.scale(0.75, 0.75);
    context.fillStyle = app.colour(kind.name);
    context.fill(new Path2D(kind.outline), "evenodd");
    context.restore();
    write(kind.plural, x + 16, height - FOOT + 20, "12px", colour("text"));
    x += context.measureText(kind.plural).width + 34;
  }
  write(source, MARGIN, height - 10, "12px", colour("muted"));
  return canvas;
}
