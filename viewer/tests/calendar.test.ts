/** Days, weeks, months, quarters and years. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { after, DAY, firstDay, isFirst, monthNumber, monthOf, startOf, UNITS } from "../src/data/calendar.js";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY;

test("a month is its year times 12, before 1970 as well", () => {
  assert.equal(monthNumber(day("2021-11-30")), 2021 * 12 + 10);
  for (const text of ["2020-02-01", "1970-01-01", "1899-12-01"]) assert.equal(firstDay(monthNumber(day(text))), day(text));
  assert.deepEqual(monthOf(day("2020-02-11")), [day("2020-02-01"), day("2020-02-29")]);
  assert.deepEqual(["2021-05-01", "2021-05-02"].map((text) => isFirst(day(text))), [true, false]);
});

test("units begin on Mondays and first days, and end where the next begins", () => {
  assert.deepEqual(UNITS.map((unit) => startOf(unit, day("2021-11-24"))), ["2021-11-24", "2021-11-22", "2021-11-01", "2021-10-01", "2021-01-01"].map(day));
  assert.deepEqual(UNITS.map((unit) => after(unit, startOf(unit, day("2021-11-24")))), ["2021-11-25", "2021-11-29", "2021-12-01", "2022-01-01", "2022-01-01"].map(day));
});
