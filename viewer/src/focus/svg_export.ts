/** A drawing as a file of its own: colours and fonts written into it, nothing that runs. */

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "paint-order", "dominant-baseline"];
const LINE = 18; // pixels
const DROPPED = ["class", "role", "tabindex", "aria-label", "aria-hidden", "aria-current"];

/** Serialise a drawing that is in the page, on a ground of a colour; `foot` are lines of text below it. */
export function standaloneSvg(svg: SVGSVGElement, title: string, ground: string, foot: readonly string[]): Blob {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = svg.querySelectorAll("*");
  const to = [...copy.querySelectorAll("*")];
  const idle: Element[] = [];
  from.forEach((element, at) => {
    const twin = to[at] as Element;
    // what is only there to be pressed
    if (element.classList.contains("ng-hit") || (element.classList.contains("ng-more") && /^Show/.test(element.textContent ?? ""))) idle.push(twin);
    if (element instanceof SVGGraphicsElement && element.localName !== "g") settle(element, twin);
    for (const name of DROPPED) twin.removeAttribute(name);
  });
  for (const twin of idle) twin.remove();
  for (const name of DROPPED) copy.removeAttribute(name);
  const make = (name: string): Element => document.createElementNS("http://www.w3.org/2000/svg", name);
  const heading = make("title");
  heading.textContent = title;
  const back = make("rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: ground })) back.setAttribute(name, value);
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("viewBox", `0 0 ${width} ${height + LINE * (foot.length + 1)}`);
  copy.setAttribute("height", String(height + LINE * (foot.length + 1)));
  foot.forEach((line, at) => {
    const text = make("text");
    text.textContent = line;
    for (const [name, value] of Object.entries({ x: 12, y: height + LINE * (at + 1), fill: "#757a83", "font-size": "12px", "font-family": "sans-serif" })) text.setAttribute(name, String(value));
    copy.append(text);
  });
  copy.prepend(heading, back);
  // XML has no place for these characters, whatever a headline holds
  const text = new XMLSerializer().serializeToString(copy).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: "image/svg+xml" });
}

function settle(element: Element, twin: Element): void {
  const style = getComputedStyle(element);
  const text = element.localName === "text";
  for (const name of KEPT) {
    if (!text && /^(font|dominant|paint)/.test(name)) continue;
    const value = style.getPropertyValue(name);
    if (value) twin.setAttribute(name, value);
  }
}
