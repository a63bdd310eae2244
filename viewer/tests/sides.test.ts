import assert from "node:assert/strict";
import { test } from "node:test";
import { filterNodes } from "../src/data/filter_mask.js";
import { START } from "../src/data/state.js";
import { answering } from "../src/questions/as_filters.js";
import { parse } from "../src/questions/phrase.js";
import { questionWords } from "../src/questions/question_words.js";
import { sideOf } from "../src/questions/sides.js";
import { smallGraph } from "./small_graph.js";

const SIDES = { doer: 0, other: 1, owner: 2, open: -1 };

for (const [phrase, side] of [
  ["S was V by T0", "doer"], ["what did T0 V", "doer"], ["S V by T0", "doer"], ["S that T0 V", "doer"], ["N by the T0", "doer"], ["T0 V T1", "doer"], ["what did T0 V from T1", "doer"], ["S T0 V in", "doer"],
  ["S V T0", "other"], ["S V the T0", "other"], ["N against T0", "other"], ["S V in T0", "other"], ["N in T0", "other"], ["was T0 V", "other"], ["by whom was T0 V", "other"], ["has T0 been V", "other"], ["T1 V T0", "other"], ["T0 V by T1", "other"],
  ["T0 s N", "owner"], ["T0 s largest N", "owner"],
  ["N of T0", "open"], ["N T0", "open"], ["N with T0", "open"], ["T0 V", "open"], ["T0 N", "open"], ["S V T0 s unit", "open"], ["what did T1 V from T0", "open"], ["S V T01", "open"],
] as const) {
  test(`${phrase}: ${side}`, () => assert.equal(sideOf(phrase, "T0"), SIDES[side]));
}

const graph = smallGraph();
const [AMBER, BIRCH] = ["company/amber", "company/birch"];

for (const [text, as] of [
  ["who bought Birch", [[BIRCH, "target", "seller"]]], ["who was bought by Amber?", [[AMBER, "acquirer"]]], ["what did Amber buy", [[AMBER, "acquirer"]]], ["companies bought by Amber", [[AMBER, "acquirer"]]],
  ["companies that Amber bought", [[AMBER, "acquirer"]]], ["Amber's acquisitions", [[AMBER, "acquirer"]]], ["was Birch bought in 1970?", [[BIRCH, "target", "seller"]]],
  ["Birch bought by Amber", [[BIRCH, "target", "seller"], [AMBER, "acquirer"]]], ["Amber bought Birch", [[AMBER, "acquirer"], [BIRCH, "target", "seller"]]], ["acquisitions with Amber", []], ["acquisitions in Trees", []],
] as const) {
  test(`who did it to whom: ${text}`, () => {
    const question = parse(graph, text);
    if (!question) throw new Error(`${text} is a question`);
    assert.deepEqual([question.subject?.kind, question.subject?.types, question.words], ["event", ["acquisition"], ""]);
    assert.deepEqual(answering(graph, START, question).filters?.as, as);
  });
}

test("the answer has the events in which the company has one of the roles, and says which roles", () => {
  const events = (text: string): number => filterNodes(graph, answering(graph, START, parse(graph, text)!).filters!).counts[1] as number;
  assert.deepEqual([events("who bought Birch"), events("what did Birch buy"), events("what did Amber buy"), events("who bought Amber")], [1, 0, 1, 0]);
  assert.equal(questionWords(graph, parse(graph, "who bought Birch")!), "Acquisition: with Birch as target or seller");
});
