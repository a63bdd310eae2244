/** Plays the timeline: a window of days moves on by itself, a month, a week or a few days at a time. */

import { monthOf } from "../data/calendar.js";
import { within, type DaySpan } from "./axis.js";

const PAUSE = 1_400; // milliseconds that each window stays
const MONTHS = 75; // days of a timeline from which on it is played by months, not by weeks
const WEEK = 7;

export interface Player {
  readonly playing: boolean;
  toggle(): void;
  stop(): void;
}

/** `all` gives the days there are, `now` those shown; `show` is called with each window, and `changed` when playing begins or ends. */
export function makePlayer(all: () => DaySpan, now: () => DaySpan, show: (span: DaySpan) => void, changed: (playing: boolean) => void): Player {
  let timer = 0;
  const stop = (): void => {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    changed(false);
  };
  const step = (): void => {
    const next = nextWindow(now(), all());
    if (next) show(next);
    else stop();
  };
  return {
    get playing() {
      return timer > 0;
    },
    stop,
    toggle: () => {
      if (timer) return stop();
      timer = window.setInterval(step, PAUSE);
      changed(true);
      show(nextWindow(now(), all()) ?? firstWindow(all()));
    },
  };
}

/** The window after the one shown: the next month where whole months are shown, else as many days on; the first where all is shown; null at the end. */
export function nextWindow(now: DaySpan, all: DaySpan): DaySpan | null {
  const length = now.until - now.from;
  if (length > (all.until - all.from) * 0.6) return firstWindow(all);
  if (now.until >= all.until) return null;
  const [first, last] = monthOf(Math.floor(now.until));
  const months = Math.floor(now.from) === monthOf(Math.floor(now.from))[0] && Math.ceil(now.until) - 1 === monthOf(Math.floor(now.from))[1];
  return months ? { from: first, until: last + 1 } : within({ from: now.until, until: now.until + length }, all);
}

function firstWindow(all: DaySpan): DaySpan {
  const from = Math.ceil(all.from);
  const [first, last] = monthOf(from);
  return all.until - all.from > MONTHS ? { from: first, until: last + 1 } : { from, until: from + Math.min(WEEK, Math.max(3, Math.round((all.until - all.from) / 4))) };
}
