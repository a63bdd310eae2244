/** The page's start: unpack what the page carries, and show it. */

import { h } from "./core/dom.js";
import { download } from "./core/download.js";
import type { CorePayload, TextsPayload } from "./data/payload.js";
import { unpack } from "./data/unpack.js";
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
      address: {
        read: () => location.hash,
        write: (fragment, step) => history[step ? "pushState" : "replaceState"](null, "", fragment || location.pathname + location.search),
        listen: (changed) => {
          addEventListener("popstate", changed);
          return () => removeEventListener("popstate", changed);
        },
      },
      ask: root.dataset["ask"] || null,
      save: download,
    });
  } catch (error) {
    root.replaceChildren(h("p", { class: "ng-broken", role: "alert" }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}. A newer browser may help.`));
    throw error;
  }
}

void start();
