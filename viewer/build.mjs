/** Builds what the package ships: `node build.mjs [FOLDER]` writes to the package's data folder, or to another. */
import { build } from "esbuild";
import { minify } from "terser";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = process.argv[2] ?? here("../src/newsgraph/data/explorer");
/** Shaders without the blanks and zeros that are there for people. */
const shaders = {
  name: "shaders",
  setup: ({ onLoad }) => onLoad({ filter: /[\\/]shaders\.ts$/ }, async ({ path }) => {
    const short = (text) => text.replace(/\s*\n\s*/g, "").replace(/\s*([=+\-*/<>?:,{}();])\s*/g, "$1").replace(/(\d\.)0\b/g, "$1");
    return { loader: "ts", contents: (await readFile(path, "utf8")).replace(/`[^`]*`/g, short) };
  }),
};
const common = { plugins: [shaders], bundle: true, minify: true, target: "es2022", legalComments: "none", charset: "ascii", logLevel: "warning", absWorkingDir: here(".") };

/**
 * Members of the viewer's own classes that are shortened: nothing outside of the script knows them, neither the page's data nor the
 * browser nor Python, and no string names them. A name that stands in `src/data/payload.ts` must not be here.
 */
const own = [
  "across", "address", "aim", "around", "articleByIri", "articlesOf", "backing", "best", "blocks", "bounds", "byIri", "called", "camera", "candidates", "chain", "choice", "choose", "chooseEdge", "collect", "colours", "columns",
  "companies", "core", "cost", "costOf", "counts", "covers", "days", "degree", "destroy", "discs", "drag", "draw", "drawLasso", "eachEdge", "edgeCost", "edgesOf", "element", "eventPlace", "eventStarts", "filterButton",
  "filters", "firm", "firstArticle", "fit", "focusable", "folded", "folds", "follow", "foot", "found", "gather", "gathered", "gaveUp", "graph", "groupOf", "groupStart", "groups", "having", "heading", "holds", "hover",
  "isArticle", "keepClear", "kindNamed", "kindNumber", "kindOf", "lane", "lastStep", "leadOf", "leftward", "lines", "listen", "look", "marked", "mask", "mend", "mended", "months", "moved", "narrow", "narrowed", "newCompanies", "nodeFacts",
  "numbers", "opens", "order", "otherCurrencies", "outgoing", "own", "palette", "pan", "pass", "passages", "passed", "passes", "passesEdge", "paths", "payload", "placeOf", "placed", "places", "plain", "points",
  "press", "printing", "reach", "reason", "regions", "remember", "renew", "rolesAt", "root", "say", "says", "scene", "score", "screenX", "screenY", "secondPart", "setBefore", "setLook", "setMask", "setShown",
  "setTheme", "setUpper", "shapes", "shown", "side", "signAt", "slips", "spell", "spoil", "spots", "starts", "state", "stays", "store", "tall", "textsNow", "things", "undated", "undoable", "unfolded", "update",
  "upper", "uses", "visit", "whole", "wide", "within", "word", "work", "zoom", "zoomAt",
];
const shortened = { mangleProps: new RegExp(`^(?:${own.join("|")})$`) };

/** Third-party code in the built files, with the file that holds its licence. */
const shipped = {
  oxigraph: "licenses/oxigraph.txt", // its package brings no licence file
};

async function licences() {
  const parts = Object.entries(shipped).map(async ([name, path]) => {
    const { version, license } = JSON.parse(await readFile(here(`node_modules/${name}/package.json`), "utf8"));
    const text = (await readFile(here(path), "utf8")).trim();
    return `${"=".repeat(72)}\n${name} ${version} (${license})\n${"=".repeat(72)}\n\n${text}\n`;
  });
  return `The built files in this folder hold code of others, under these licences.\n\n${(await Promise.all(parts)).join("\n")}`;
}

/**
 * The page's script in two parts. What both need is in the first, which hands it to the second as one list: parts that a page holds
 * have no addresses to import each other by.
 */
async function pageInTwoParts() {
  const between = await mkdtemp(join(tmpdir(), "newsgraph-viewer-"));
  try {
    // both parts in one go, so that they agree on what shortened names stand for
    await build({ ...common, ...shortened, minify: false, entryPoints: { first: "src/page.ts", second: "src/second_part.ts" }, format: "esm", splitting: true, chunkNames: "common", outdir: between });
    const shared = /^import \{([^}]*)\} from "\.\/common\.js";$/m;
    const second = await readFile(join(between, "second.js"), "utf8");
    const names = shared.exec(second)[1].split(",").map((name) => name.trim().split(" as "));
    const lists = [names.map(([name]) => name), names.map((name) => name.at(-1))].map((list) => list.join(", "));
    await writeFile(join(between, "explorer.js"), `import { ${lists[0]} } from "./common.js";\nimport "./first.js";\nglobalThis.ngShared = [${lists[0]}];\n`);
    await writeFile(join(between, "views.js"), second.replace(shared, `const [${lists[1]}] = globalThis.ngShared;`));
    await build({ ...common, entryPoints: ["explorer.js", "views.js"].map((name) => join(between, name)), format: "iife", outdir: folder });
  } finally {
    await rm(between, { recursive: true });
  }
}

await mkdir(folder, { recursive: true });
await Promise.all([
  pageInTwoParts(),
  build({ ...common, ...shortened, entryPoints: ["src/widget.ts"], format: "esm", outfile: join(folder, "widget.js") }),
  build({ ...common, entryPoints: ["src/styles/all.css"], outfile: join(folder, "explorer.css") }),
  // oxigraph would look for its engine beside its script; the page passes it
  build({ ...common, entryPoints: ["src/ask.ts"], format: "iife", define: { "import.meta.url": '""' }, outfile: join(folder, "ask.js") }),
  build({ ...common, entryPoints: ["src/styles/ask.css"], outfile: join(folder, "ask.css") }),
]);
// a second pass: it makes scripts 5 % smaller, which esbuild alone does not
for (const [name, module] of [["explorer.js", false], ["views.js", false], ["widget.js", true], ["ask.js", false]]) {
  const { code } = await minify(await readFile(join(folder, name), "utf8"), { module, ecma: 2020, compress: { passes: 6, unsafe_arrows: true, pure_getters: true }, format: { ascii_only: true } });
  await writeFile(join(folder, name), `${code}\n`);
}
for (const name of ["page.html", "ask.html"]) await writeFile(join(folder, name), await readFile(here(`src/${name}`), "utf8"));
await writeFile(join(folder, "oxigraph.wasm.gz"), gzipSync(await readFile(here("node_modules/oxigraph/web_bg.wasm")), { level: 9 }));
await writeFile(join(folder, "THIRD_PARTY_LICENSES"), await licences());
