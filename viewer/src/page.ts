/** The page's start: unpack what the page carries, and show it. */

import { h } from "./core/dom.js";
import { download } from "./core/download.js";
import type { CorePayload, TextsPayload } from "./data/payload.js";
import { pack, unpack, unpackBytes } from "./data/unpack.js";
import { explore } from "./shell/explorer.js";

const block = (id: string): string => document.getElementById(id)?.textContent ?? "";

async function start(): Promise<void> {
  const root = document.getElementById("newsgraph");
  if (!root) return;
  try {
    const core = await unpack<CorePayload>(block("ng-core"));
    explore(root, {
      core,
      texts: () => unpack<TextsPayload>(block("ng-texts")),
      secondPart: runSecondPart,
      address: {
        read: () => location.hash,
        write: (fragment, step) => history[step ? "pushState" : "replaceState"](null, "", fragment || location.pathname + location.search),
        listen: (changed) => {
          addEventListener("popstate", changed);
          return () => removeEventListener("popstate", changed);
        },
      },
      ask: root.dataset["ask"] || null,
      page: pageOf,
      save: download,
    });
  } catch (error) {
    root.replaceChildren(h("p", { class: "ng-broken", role: "alert" }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}. A newer browser may help.`));
    throw error;
  }
}

/** The page's policy allows this script, too, by its hash; it is run as it was packed. */
async function runSecondPart(): Promise<void> {
  const script = h("script", {}, new TextDecoder().decode(await unpackBytes(block("ng-views"))));
  document.head.append(script);
  script.remove();
}

/** The page once more, with other data: head, style and script are those of this page, so that its policy holds for the copy. */
async function pageOf(core: CorePayload, texts: TextsPayload): Promise<Blob> {
  const head = document.head.cloneNode(true) as HTMLElement;
  const title = head.querySelector("title");
  if (title) title.textContent = core.title;
  const [one, two] = await Promise.all([pack(core), pack(texts)]);
  const script = document.querySelector("body > script:not([type])")?.textContent ?? "";
  const data = (id: string, content: string): string => `<script type="application/octet-stream" id="${id}">${content}</${"script"}>\n`;
  return new Blob([
    `<!doctype html>\n<html lang="en">\n${head.outerHTML}\n<body>\n`,
    `<div id="newsgraph" class="newsgraph" data-ask=""><main class="ng-loading"><p role="status">Opening …</p><div class="ng-progress"></div></main></div>\n`,
    data("ng-core", one), data("ng-texts", two), data("ng-views", block("ng-views")), `<script>${script}</${"script"}>\n</body>\n</html>\n`,
  ], { type: "text/html;charset=utf-8" });
}

void start();
