import assert from "node:assert/strict";
import { test } from "node:test";
import { inHalves } from "../src/map/region_names.js";

test("a title is broken at the gap that is nearest to its middle", () => {
  assert.deepEqual(inHalves("ACME WEB SERVICES"), ["ACME WEB", "SERVICES"]);
  assert.deepEqual(inHalves("A VERY LONGISH NAME"), ["A VERY", "LONGISH NAME"]);
  assert.deepEqual(inHalves("BOLT & CO"), ["BOLT", "& CO"]);
});

test("a title of one word has no halves", () => assert.deepEqual(inHalves("OSTERHOLT"), []));
