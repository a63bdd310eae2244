/** Runs the unit tests of the viewer with Node's own runner: `node test.mjs`. They are bundled first, as Node does not read TypeScript. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "newsgraph-viewer-"));
try {
  const entryPoints = (await readdir(here("tests"))).filter((name) => name.endsWith(".test.ts")).map((name) => join("tests", name));
  await build({ entryPoints, outdir: folder, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", target: "es2022", sourcemap: "inline", logLevel: "warning", absWorkingDir: here(".") });
  const files = (await readdir(folder)).map((name) => join(folder, name));
  process.exitCode = spawnSync(process.execPath, ["--test", "--enable-source-maps", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(folder, { recursive: true });
}
