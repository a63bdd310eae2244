import assert from "node:assert/strict";
import { test } from "node:test";
import { NameLookup } from "../src/ask/name_lookup.js";

const base = "https://example.org/";
const names = ["Sanofi", "Meta", "Lyft", "IBM", "General Motors"];
const iris = names.map((name) => `${base}company/${name.toLowerCase().replace(" ", "-")}`);
const lookup = new NameLookup(
  { iri: iris, kind: names.map(() => "company"), label: names, strong: names.map((name, at) => [name.toLowerCase(), [at]]), weak: [["facebook", [1]], ["gm", [4]]] },
  base, [],
);

for (const [typed, meant] of [["Sanfoi", "Sanofi"], ["sanofy", "Sanofi"], ["facebok", "Meta"], ["Facebook Inc", "Meta"], ["Lfyt", "Lyft"], ["genral motors", "General Motors"]] as const) {
  test(`${typed} is near ${meant}`, () => assert.equal(lookup.near(typed, ["company"])[0], meant));
}

test("nothing is near a name that is quite another, or of another kind", () => {
  assert.deepEqual(lookup.near("Volkswagen", ["company"]), []);
  assert.deepEqual(lookup.near("ibn", ["person"]), []);
});
