/** The start of the page that answers. The same script is the worker's: the page makes the worker out of its own text. */

import type { AskPayload } from "./ask/ask_payload.js";
import { showAskPage } from "./ask/ask_view.js";
import { makeRunner } from "./ask/runner.js";
import { makeServerRunner } from "./ask/server_runner.js";
import { serveWorker } from "./ask/worker.js";
import { h } from "./core/dom.js";
import { unpack } from "./data/unpack.js";

async function start(script: string): Promise<void> {
  const root = document.getElementById("newsgraph");
  if (!root) return;
  const block = (id: string): string => document.getElementById(id)?.textContent ?? "";
  try {
    const payload = await unpack<AskPayload>(block("ng-payload"));
    const runner = payload.endpoint ? makeServerRunner(payload.endpoint) : makeRunner({ engine: block("ng-engine"), statements: block("ng-statements") }, script);
    showAskPage(root, payload, runner);
  } catch (error) {
    root.replaceChildren(h("p", { class: "ng-broken", role: "alert" }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}. A newer browser may help.`));
    throw error;
  }
}

if (typeof document === "undefined") serveWorker(self as unknown as Parameters<typeof serveWorker>[0]);
else void start(document.currentScript?.textContent ?? "");
