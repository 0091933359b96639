// Bundles scripts and styles into pwa/static/dist: hashed names, compressed twins, and built.json that says what is where.
import * as esbuild from "esbuild";
import { bundle } from "lightningcss";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const JS = "pwa/static/js";
const OUT = "pwa/static/dist";
const APPEARANCE = `${JS}/pages/appearance.js`;
const FLOOR = { safari: (16 << 16) | (4 << 8), ios_saf: (16 << 16) | (4 << 8), chrome: 111 << 16, firefox: 121 << 16 };

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const files = {};
const imports = {};
const later = {};
await buildScripts();
await buildAppearance();
await buildWorker();
buildStyles();
cpSync("pwa/static/icons", join(OUT, "icons"), { recursive: true });
writeFileSync(join(OUT, "built.json"), JSON.stringify({ files, imports, later }, null, 1));
for (const path of globSync(`${OUT}/**/*.{js,css,svg}`)) compress(path);

async function buildScripts() {
  const { metafile } = await esbuild.build({
    ...options(),
    entryPoints: globSync(`${JS}/pages/*.js`).filter((path) => path !== APPEARANCE),
    outdir: OUT,
    outbase: JS,
    format: "esm",
    splitting: true,
    entryNames: "[dir]/[name]-[hash]",
    chunkNames: "chunks/[name]-[hash]",
    metafile: true,
  });
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (!entryPoint) continue;
    const name = relative(JS, entryPoint);
    files[name] = relative(OUT, path);
    imports[name] = reached(path, metafile.outputs, ["import-statement"]);
    later[name] = reached(path, metafile.outputs, ["import-statement", "dynamic-import"]);
  }
}

/** What a built script imports, directly or not. */
function reached(start, outputs, kinds, found = new Set()) {
  for (const { path, kind } of outputs[start].imports) {
    if (!kinds.includes(kind) || found.has(path)) continue;
    reached(path, outputs, kinds, found.add(path));
  }
  return [...found].map((path) => relative(OUT, path)).sort();
}

/** A classic script, which runs before anything is painted. */
async function buildAppearance() {
  const naming = { outdir: OUT, outbase: JS, entryNames: "[dir]/[name]-[hash]", format: "iife", metafile: true };
  const { metafile } = await esbuild.build({ ...options(), ...naming, entryPoints: [APPEARANCE] });
  files[relative(JS, APPEARANCE)] = relative(OUT, Object.keys(metafile.outputs)[0]);
}

async function buildWorker() {
  await esbuild.build({
    ...options(),
    entryPoints: [`${JS}/worker/sw.js`],
    outfile: join(OUT, "sw.js"),
    format: "iife",
  });
}

function options() {
  return {
    bundle: true,
    minify: true,
    target: ["safari16.4", "chrome111", "firefox121"],
    legalComments: "none",
    logLevel: "warning",
  };
}

function buildStyles() {
  mkdirSync(join(OUT, "css"));
  for (const filename of globSync("pwa/static/css/bundles/*.css")) {
    const { code } = bundle({ filename, minify: true, targets: FLOOR });
    const hash = createHash("sha256").update(code).digest("hex").slice(0, 8).toUpperCase();
    const name = `css/${basename(filename, ".css")}-${hash}.css`;
    files[`css/${basename(filename)}`] = name;
    writeFileSync(join(OUT, name), code);
  }
}

function compress(path) {
  const plain = readFileSync(path);
  writeFileSync(path + ".gz", gzipSync(plain, { level: 9 }));
  writeFileSync(path + ".br", brotliCompressSync(plain));
}
