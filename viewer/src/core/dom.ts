/** Elements made by hand: text goes in as text, so nothing that a document says can become markup. */

type Child = Node | string | number | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: never) => void);

/** Make an element: `h("button", { class: "x", onclick: f, "aria-pressed": "true" }, "text")`. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, Value> = {}, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for drawings. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, Value> = {}, ...children: (Child | Child[])[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill<T extends Element>(element: T, attributes: Record<string, Value>, children: (Child | Child[])[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Put other children into an element. */
export function put(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren();
  fill(element, {}, children);
}

/** A link that leads out: http and https only, else plain text. */
export function outward(url: string, text: string): HTMLElement {
  return /^https?:\/\//i.test(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : h("span", {}, text);
}

/** Strip what reorders or hides letters, and shorten: for one-line labels. Full texts are shown as they are, isolated by `dir="auto"`. */
export function oneLine(text: string, most: number): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, " ").replace(/\s+/g, " ").trim();
  const letters = clean.length > most ? [...clean.slice(0, most * 2)] : null;
  return letters && letters.length > most ? `${upTo(clean.slice(0, most * 2), letters.slice(0, most - 1).join("").length)}…` : clean;
}

const AMOUNT = /(?:[A-Z]{3} )?[$€£¥]?\d(?:[\w.,–-]*\w)?(?: ?(?:(?:thousand|million|billion|trillion|mln|bn|percent|USD|EUR|GBP|JPY)\b|%))?/g;

/** A text to be broken at its blanks, none of which is within an amount; and a line of it. */
export const tied = (text: string): string => text.replace(AMOUNT, (amount) => amount.replace(/ /g, "\u00a0"));
export const untied = (line: string): string => line.replace(/\u00a0/g, " ");

/** The beginning of a text, of so many letters or fewer: a number or an amount that does not end there is left out, as a part of it would be another amount. */
export function upTo(text: string, end: number): string {
  const cut = [...text.matchAll(AMOUNT)].find(({ 0: amount, index }) => index > 0 && index < end && index + amount.length > end);
  return (cut ? text.slice(0, cut.index).replace(/ (?:for|of|at|by|to|in|from|over|worth) $/, "") : text.slice(0, end)).trimEnd();
}

/** A button that says what it does; `hint` says more. */
export const button = (text: string, act: () => void, hint: string | null = null): HTMLButtonElement =>
  h("button", { type: "button", class: "ng-button", title: hint, onclick: act }, text);

/** What has the keyboard where an element is: in the document, or in the shadow that holds both. */
export const focusedIn = (element: Element): Element | null => (element.getRootNode() as Document | ShadowRoot).activeElement;

/** Whether a key is pressed where it writes, or chooses by its letter. */
export function writing(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0] as HTMLElement;
  return at.isContentEditable || at.matches("textarea, input:not([type=checkbox], [type=range])") || (at.matches("select") && /^\w$/.test(event.key));
}

/** Where the viewer hears keys that hold wherever the focus is: the whole document if the viewer is all that it shows, else (in a notebook) itself. */
export const keyRoom = (root: HTMLElement): EventTarget => (root.parentElement === root.ownerDocument.body ? root.ownerDocument : root);
