import assert from "node:assert/strict";
import { test } from "node:test";
import { discName, inTwo } from "../src/map/disc_names.js";

/** Letters that are 0.6 of their size wide. */
const width = (text: string, font: number): number => text.length * font * 0.6;

test("a name that has room is one line", () => {
  assert.deepEqual(discName("Kelvaro, Zandhaven", 100, 0, 12, 3, width), { lines: ["Kelvaro, Zandhaven"], font: 12 });
});

test("members take a line each, and break between words", () => {
  assert.deepEqual(discName("Lumivar Systems, Merrowgate Capital", 70, -20, 12, 3, width).lines, ["Lumivar Systems,", "Merrowgate Capital"]);
  assert.deepEqual(discName("Lumivar Systems Holding", 50, 0, 12, 3, width), { lines: ["Lumivar", "Systems", "Holding"], font: 12 });
});

test("where two members have no room, the first is shown alone and whole", () => {
  assert.deepEqual(discName("Brightmoor Robotics, Fennimore Automation", 40, -12, 11, 2, width).lines, ["Brightmoor", "Robotics"]);
});

test("letters shrink before a word is broken, and a name that has no room is left out", () => {
  const { lines, font } = discName("Intercontinental", 46, 0, 10, 2, width);
  assert.deepEqual([lines, font], [["Intercontinental"], 9]);
  assert.deepEqual(discName("Intercontinental", 25, 0, 10, 2, width).lines, []);
});

test("a word that is too long for a line is hyphenated, and broken where it has a hyphen", () => {
  assert.deepEqual(discName("Intercontinental", 33, 0, 10, 2, width), { lines: ["Intercont-", "inental"], font: 9 });
  assert.deepEqual(discName("Self-Driving", 28, 0, 9, 2, width).lines, ["Self-", "Driving"]);
});

test("a topic is on one line or two, or is left out", () => {
  const six = (text: string): number => text.length * 6;
  assert.deepEqual(inTwo("Natural Language Processing", 200, six), ["Natural Language Processing"]);
  assert.deepEqual(inTwo("Natural Language Processing", 100, six), ["Natural Language", "Processing"]);
  assert.deepEqual(inTwo("Natural Language Processing", 50, six), []);
});
