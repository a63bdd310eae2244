/** Builds what the package ships: `node build.mjs [FOLDER]` writes to the package's data folder, or to another. */
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = process.argv[2] ?? here("../src/newsgraph/data/explorer");
const common = { bundle: true, minify: true, target: "es2022", legalComments: "none", charset: "ascii", logLevel: "warning", absWorkingDir: here(".") };

await mkdir(folder, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: ["src/page.ts"], format: "iife", outfile: join(folder, "explorer.js") }),
  build({ ...common, entryPoints: ["src/widget.ts"], format: "esm", outfile: join(folder, "widget.js") }),
  build({ ...common, entryPoints: ["src/styles/all.css"], outfile: join(folder, "explorer.css") }),
]);
await writeFile(join(folder, "page.html"), await readFile(here("src/page.html"), "utf8"));
