// Builds what the browser loads, and the same compressed, so that the server need not. Run by scripts/set_up.sh.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "conversations");

rmSync(out, { recursive: true, force: true });
await build({
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
});
for (const name of readdirSync(out).filter((one) => one.endsWith(".js"))) {
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
}
