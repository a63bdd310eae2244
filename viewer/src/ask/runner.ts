/** Asks the engine off the page's own thread, so that a long question never freezes the tab and can be cancelled. */

import type { Answer } from "./answer.js";
import { type EngineData, Engine } from "./engine.js";
import type { Order, Report } from "./worker.js";
import { isBroken, errorMessage } from "./worker.js";

/** What a question fails with that was cancelled. */
export class Cancelled extends Error {}

export interface Runner {
  /** Load the graph, unless it is there; milliseconds that it took. */
  load(): Promise<number>;
  ask(sparql: string, opening: string): Promise<Answer>;
  /** Stop what runs; the graph is loaded again for the next question, unless it still is being loaded. False where the page itself is at work and cannot be stopped. */
  cancel(): boolean;
  /** Whether the page's own thread does the work, as no worker could be made. */
  readonly inPage: boolean;
}

/** `script` is the text of the page's own script, which is the worker's as well. */
export function makeRunner(carried: EngineData, script: string): Runner {
  let worker: Worker | null = null;
  let loaded: Promise<number> | null = null;
  let engine: Engine | null = null;
  let inPage = false;
  let life = 0; // counts what was dropped: a worker that is made too late is not wanted any more
  let turn = 0; // counts what was asked and cancelled
  let asking = false;
  let giveUp: ((error: Error) => void) | null = null;
  let waiting: { done: (report: Report) => void; failed: (error: Error) => void } | null = null;

  const drop = (error: Error | null): void => {
    life++;
    worker?.terminate();
    worker = null;
    loaded = null;
    engine = null;
    const lost = waiting;
    waiting = null;
    if (error) lost?.failed(error);
  };

  const order = (message: Order): Promise<Report> =>
    new Promise((done, failed) => {
      waiting = { done, failed };
      worker?.postMessage(message);
    });

  const start = async (): Promise<number> => {
    const mine = life;
    const made = inPage ? null : await makeWorker(script);
    if (mine !== life) {
      made?.terminate();
      throw new Cancelled();
    }
    inPage = made === null;
    if (made) {
      worker = made;
      made.onmessage = ({ data }: MessageEvent<Report>) => {
        const heard = waiting;
        waiting = null;
        if ("error" in data && data.broken) drop(null);
        heard?.done(data);
      };
      made.onerror = (event) => {
        event.preventDefault();
        drop(new Error(event.message || "the engine stopped"));
      };
      const report = await order({ carried });
      if ("error" in report) throw new Error(report.error);
      return "loaded" in report ? report.loaded : 0;
    }
    const begun = performance.now();
    engine = await Engine.open(carried);
    return performance.now() - begun;
  };

  const load = (): Promise<number> => {
    if (!loaded) {
      const mine = start();
      loaded = mine;
      mine.catch(() => {
        if (loaded === mine) loaded = null;
      });
    }
    return loaded;
  };

  const answer = async (sparql: string, opening: string, mine: number): Promise<Answer> => {
    await load();
    if (mine !== turn) throw new Cancelled();
    if (engine) {
      await new Promise((drawn) => setTimeout(drawn, 30)); // let the page say that it works before it stands still
      try {
        return engine.ask(sparql, opening);
      } catch (error) {
        if (isBroken(error)) drop(null);
        throw new Error(errorMessage(error));
      }
    }
    asking = true;
    const report = await order({ sparql, opening });
    if (mine === turn) asking = false;
    if ("answer" in report) return report.answer;
    throw new Error("error" in report ? report.error : "the engine gave no answer");
  };

  return {
    load,
    get inPage() {
      return inPage;
    },
    ask(sparql, opening) {
      const mine = ++turn;
      return new Promise((done, failed) => {
        giveUp = failed;
        answer(sparql, opening, mine).then(done, failed);
      });
    },
    cancel() {
      if (engine) return false;
      turn++;
      giveUp?.(new Cancelled());
      if (asking) drop(new Cancelled()); // a graph that is being loaded goes on loading
      asking = false;
      return true;
    },
  };
}

/** A worker made of the page's own script; null where the browser allows none. */
function makeWorker(script: string): Promise<Worker | null> {
  return new Promise((done) => {
    let address = "";
    const end = (worker: Worker | null): void => {
      URL.revokeObjectURL(address);
      done(worker);
    };
    try {
      address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const worker = new Worker(address);
      worker.onmessage = () => end(worker);
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        end(null);
      };
    } catch {
      end(null);
    }
  });
}
