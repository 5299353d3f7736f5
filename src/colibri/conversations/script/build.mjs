// Builds what the browser loads, and the same compressed, so that the server need not. Run by scripts/set_up.sh.
// A page that is being loaded meanwhile finds every file: one that stays as it was is not touched.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "conversations");

const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: { conversations: "main.js" },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  alias: { "@noble/post-quantum/hybrid.js": "./leftout.js", "@noble/curves/nist.js": "./leftout.js" },
  legalComments: "linked",
  logLevel: "warning",
  write: false,
});
const wanted = new Map();
for (const { path, contents } of outputFiles) {
  wanted.set(basename(path), Buffer.from(contents));
  if (path.endsWith(".js")) wanted.set(`${basename(path)}.gz`, gzipSync(contents, { level: 9 }));
}

mkdirSync(out, { recursive: true });
// The parts before what asks for them.
const asks = ([name]) => Number(name.startsWith("conversations.js"));
const partsFirst = [...wanted].sort((one, other) => asks(one) - asks(other));
for (const [name, contents] of partsFirst) {
  const path = join(out, name);
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}
for (const name of readdirSync(out).filter((one) => !wanted.has(one))) rmSync(join(out, name));
