/** Labels of the map: on lines of about the same length, and clear of marks. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Camera } from "../src/map/camera.js";
import { oneLine, upTo } from "../src/core/dom.js";
import { Crowd } from "../src/map/crowd.js";
import { labelLines, Labels, type Candidate } from "../src/map/label_placement.js";
import type { Colours } from "../src/map/scene.js";

const context = { font: "", measureText: (text: string) => ({ width: text.length * 7 }) } as unknown as CanvasRenderingContext2D;
const camera = { width: 390, height: 500 } as Camera;
const colours = { font: "sans-serif" } as Colours;
const candidate = (covers: number): Candidate => ({ id: 1, lines: ["Owkin and Sanofi:", "$90M partnership"], x: 200, y: 250, size: 6, font: 12, covers });
const place = (crowd: Crowd, covers: number): ReturnType<Labels["place"]> => new Labels(context).place([candidate(covers)], camera, colours, crowd, [], 9);

test("a label has one line, or more of about the same length, and loses no word", () => {
  assert.deepEqual(labelLines("Sanofi", 28), ["Sanofi"]);
  const headline = "Corvane Energy Grid Outage Inquiry: 41 Million Homes Without Light, Hospitals and City Railways Among Those Stopped";
  for (const letters of [22, 28]) {
    const lines = labelLines(headline, letters);
    assert.equal(lines.join(" "), headline);
    assert.equal(lines.length, 4);
    assert.ok(Math.max(...lines.map((line) => line.length)) < headline.length / 2.5);
  }
  assert.deepEqual(labelLines("A".repeat(60), 28), ["A".repeat(60)]);
});

test("a label that is cut does not end within a number or an amount", () => {
  const headline = "Bolt joins Acme in giving up its own robot lorries and sells the unit to Corvane for $550 million in cash";
  const cuts = Array.from({ length: headline.length - 20 }, (_, at) => oneLine(headline, 20 + at));
  assert.deepEqual(cuts.filter((cut) => /[$\d]\D*…$/.test(cut) && !/\$550 million\D*…$/.test(cut)), []);
  assert.ok(cuts.includes("Bolt joins Acme in giving up its own robot lorries and sells the unit to Corvane…"));
  assert.ok(cuts.includes("Bolt joins Acme in giving up its own robot lorries and sells the unit to Corvane for $550 million…"));
  for (const [text, end, told] of [
    ["Acme cuts 1,200 jobs", 12, "Acme cuts"], ["Acme cuts 1,200 jobs", 15, "Acme cuts 1,200"], ["Stake of 29.5 % in Bolt", 13, "Stake"], ["Acme pays USD 90 million", 13, "Acme pays"],
    ["€2.5bn for Bolt", 3, "€2."], ["Acme in 2021, again", 12, "Acme in 2021"], ["Acme and Bolt", 10, "Acme and B"], ["From 2–4 November", 6, "From"],
  ] as const) assert.equal(upTo(text, end), told);
});

test("a line of a label does not end within an amount", () => {
  for (const amount of ["$180 mln", "USD 1.2 billion", "5 %", "€90 million"]) {
    const headline = `Drugmaker Acme and its partner invest ${amount} in the young company Bolt of Corvane`;
    for (let letters = 20; letters < 40; letters++) {
      const lines = labelLines(headline, letters);
      assert.equal(lines.join(" "), headline);
      assert.ok(lines.some((line) => line.includes(amount)), lines.join("|"));
    }
  }
});

test("a crowd counts the cells with marks under a box, wherever the box ends", () => {
  const crowd = new Crowd(100, 60);
  crowd.add(20, 20, 0);
  crowd.add(60, 40, 3);
  const under = (left: number, top: number, right: number, bottom: number): number => crowd.under({ left, top, right, bottom });
  assert.equal(under(0, 0, 30, 30), 1);
  assert.equal(under(22, 0, 50, 30), 0);
  assert.equal(under(-50, -50, 500, 500), under(0, 0, 30, 30) + under(50, 30, 70, 50));
  assert.ok(under(50, 30, 70, 50) >= 9);
});

test("a label that may cover no mark is beside all of them, and missing where there is no room", () => {
  const right = new Crowd(390, 500);
  for (let x = 206; x < 390; x += 4) right.add(x, 250, 2);
  const placed = place(right, 0);
  assert.equal(placed.length, 1);
  const label = placed[0] as (typeof placed)[number];
  assert.equal(right.under({ left: label.left, right: label.left + label.width, top: label.middle - 14, bottom: label.middle + 14 }), 0);
  const full = new Crowd(390, 500);
  for (let x = 0; x < 390; x += 6) for (let y = 0; y < 500; y += 6) full.add(x, y, 2);
  assert.deepEqual(place(full, 0), []);
  assert.equal(place(full, Infinity).length, 1);
});
