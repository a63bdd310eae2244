import assert from "node:assert/strict";
import { test } from "node:test";
import { typedDays } from "../src/filters/typed_days.js";

const day = (iso: string): number => Date.parse(iso) / 86_400_000;

test("a day is read however it is written, as long as the year has four digits", () => {
  for (const text of ["2021-11-30", "2021/11/30", "30.11.2021", "30 Nov 2021", "Nov 30, 2021", " 30 november 2021 "]) assert.deepEqual(typedDays(text), [day("2021-11-30"), day("2021-11-30")], text);
});

test("a month and a year are all of their days", () => {
  assert.deepEqual(typedDays("2024-02"), [day("2024-02-01"), day("2024-02-29")]);
  assert.deepEqual(typedDays("Nov 2021"), [day("2021-11-01"), day("2021-11-30")]);
  assert.deepEqual(typedDays("2021"), [day("2021-01-01"), day("2021-12-31")]);
});

test("what is no date is none", () => {
  for (const text of ["", "x", "31 April 2021", "2021-13", "11/30/21", "2021-11-30-1", "2021-02-30"]) assert.equal(typedDays(text), null, text);
});
