/** The worker's half: it opens the engine on request, then answers one question after the other. */

import type { Answer } from "./answer.js";
import { type EngineData, Engine } from "./engine.js";

/** To the worker: what the page carries, or a question. */
export type Order = { carried: EngineData } | { sparql: string; opening: string };

/** From the worker: it runs; the graph is loaded; an answer; or what went wrong. After `broken` it is of no more use. */
export type Report = { started: true } | { loaded: number } | { answer: Answer } | { error: string; broken: boolean };

interface Scope {
  postMessage(report: Report): void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
}

export function serveWorker(scope: Scope): void {
  let engine: Promise<Engine> | null = null;
  scope.onmessage = ({ data }) => {
    void (async (): Promise<Report> => {
      if ("carried" in data) {
        const start = performance.now();
        engine = Engine.open(data.carried);
        await engine;
        return { loaded: performance.now() - start };
      }
      if (!engine) throw new Error("no graph is loaded");
      return { answer: (await engine).ask(data.sparql, data.opening) };
    })().catch((error: unknown): Report => ({ error: errorMessage(error), broken: isBroken(error) || !("sparql" in data) })).then((report) => scope.postMessage(report));
  };
  scope.postMessage({ started: true });
}

/** Whether the engine itself has failed (out of memory, mostly): it must not be asked again. */
export const isBroken = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

export function errorMessage(error: unknown): string {
  if (isBroken(error)) return "The engine ran out of memory. Ask for less, with LIMIT or a narrower pattern";
  return error instanceof Error ? error.message : String(error);
}
