import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../src/questions/phrase.js";
import { withYears } from "../src/questions/years.js";
import { smallGraph } from "./small_graph.js";

const { patterns } = smallGraph().core;
const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

for (const [text, told] of [
  ["deals last year", "deals 2020"], ["deals this year", "deals 2021"], ["deals since last month", "deals since 2021-01"], ["deals in the last quarter", "deals in q4 2020"], ["deals this quarter", "deals q1 2021"],
  ["deals in january", "deals in 2021-01"], ["deals in march", "deals in 2020-03"], ["deals since nov.", "deals since 2020-11"], ["deals from june to august", "deals from 2020-06 to 2020-08"],
  ["deals in q1", "deals in q1 2021"], ["deals in q4", "deals in q4 2020"], ["deals in q4 of 2019", "deals in q4 2019"], ["deals in the fourth quarter of 2019", "deals in the q4 2019"],
  ["deals in the first half of 2019", "deals in the from 2019-01 to 2019-06"], ["deals in the second half", "deals in the from 2020-07 to 2020-12"], ["deals in march of 2019", "deals in march 2019"], ["deals in spring 2019", "deals from 2019-03 to 2019-05"], ["deals autumn of 2019", "deals from 2019-09 to 2019-11"],
  ["deals in march 2019", "deals in march 2019"], ["deals on 2021-03-04", "deals on 2021-03-04"], ["deals in q4 2019", "deals in q4 2019"], ["march and may", "march and may"], ["deals of summer hill", "deals of summer hill"], ["the last year-end sale", "the last year-end sale"],
  ["news between march and may 2019", "news from march 2019 to may 2019"], ["news between june and august", "news from 2020-06 to 2020-08"], ["news yesterday", "news in 2021-02-09"], ["news today", "news in 2021-02-10"], ["news since yesterday", "news since 2021-02-09"], ["deals in the last 30 days", "deals from 2021-01-12 to 2021-02-10"], ["deals past two weeks", "deals from 2021-01-28 to 2021-02-10"],
  ["deals over the past month", "deals from 2021-01-11 to 2021-02-10"], ["deals last 3 months", "deals from 2020-11-11 to 2021-02-10"], ["deals this week", "deals from 2021-02-08 to 2021-02-14"], ["deals last week", "deals from 2021-02-01 to 2021-02-07"], ["deals of the last day", "deals in 2021-02-10"],
] as const) {
  test(`the year of: ${text}`, () => assert.equal(withYears(` ${text} `, day("2021-02-10"), patterns), ` ${told} `));
}

test("the last month of a January is of the year before", () => {
  assert.equal(withYears(" last month ", day("2021-01-31"), patterns), " 2020-12 ");
  assert.equal(withYears(" last month ", day("2021-03-31"), patterns), " 2021-02 ");
});

test("a question without a year is told from the newest article, not from the clock", () => {
  const graph = smallGraph(); // its last article is of 21 May 1970
  for (const [text, from, until] of [["acquisitions this year", "1970-01-01", "1970-12-31"], ["acquisitions in Q2", "1970-04-01", "1970-06-30"], ["acquisitions in the first half of 1970", "1970-01-01", "1970-06-30"], ["acquisitions last month", "1970-04-01", "1970-04-30"], ["acquisitions since May", "1970-05-01", null]] as const) {
    const question = parse(graph, text);
    assert.deepEqual([question?.from, question?.until, question?.words], [day(from), until && day(until), ""], text);
  }
});
