// Bundles scripts and styles into pwa/static/dist: hashed names, compressed twins, and built.json that says what is where.
// What the last two builds made stays beside the new files, for pages that are still open or kept by a worker.
import * as esbuild from "esbuild";
import { bundle } from "lightningcss";
import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const JS = "pwa/static/js";
const OUT = "pwa/static/dist";
const APPEARANCE = `${JS}/pages/appearance.js`;
const LIST = join(OUT, "built.json");
const EARLIER = 2;
const FLOOR = { safari: (16 << 16) | (4 << 8), ios_saf: (16 << 16) | (4 << 8), chrome: 111 << 16, firefox: 121 << 16 };

const before = existsSync(LIST) ? (JSON.parse(readFileSync(LIST, "utf8")).builds ?? []) : [];
const files = {};
const imports = {};
const later = {};
const hashed = new Set();
mkdirSync(OUT, { recursive: true });
await buildScripts();
await buildAppearance();
await buildWorkers();
buildStyles();
rmSync(join(OUT, "icons"), { recursive: true, force: true });
cpSync("pwa/static/icons", join(OUT, "icons"), { recursive: true });
const builds = withEarlier();
writeFileSync(LIST, JSON.stringify({ files, imports, later, builds }, null, 1));
forgetOlder();
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
    hashed.add(relative(OUT, path));
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
  const [name] = Object.keys(metafile.outputs).map((path) => relative(OUT, path));
  files[relative(JS, APPEARANCE)] = name;
  hashed.add(name);
}

/** The worker, and the one that ends it. */
async function buildWorkers() {
  await esbuild.build({
    ...options(),
    entryPoints: [`${JS}/worker/sw.js`, `${JS}/worker/retire.js`],
    outdir: OUT,
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
  mkdirSync(join(OUT, "css"), { recursive: true });
  for (const filename of globSync("pwa/static/css/bundles/*.css")) {
    const { code } = bundle({ filename, minify: true, targets: FLOOR });
    const hash = createHash("sha256").update(code).digest("hex").slice(0, 8).toUpperCase();
    const name = `css/${basename(filename, ".css")}-${hash}.css`;
    files[`css/${basename(filename)}`] = name;
    hashed.add(name);
    writeFileSync(join(OUT, name), code);
  }
}

/** The newest build first. One that made the same files as an earlier one is that one. */
function withEarlier() {
  const made = [...hashed].sort();
  const isThis = (build) => build.files.join() === made.join();
  const now = before.find(isThis) ?? { day: new Date().toISOString().slice(0, 10), files: made };
  return [now, ...before.filter((build) => !isThis(build))].slice(0, 1 + EARLIER);
}

function forgetOlder() {
  const known = new Set(builds.flatMap((build) => build.files));
  for (const path of globSync(`${OUT}/*/**`).filter((path) => statSync(path).isFile())) {
    const name = relative(OUT, path).replace(/\.(gz|br)$/, "");
    if (!name.startsWith("icons/") && !known.has(name)) rmSync(path);
  }
}

function compress(path) {
  const plain = readFileSync(path);
  writeFileSync(path + ".gz", gzipSync(plain, { level: 9 }));
  writeFileSync(path + ".br", brotliCompressSync(plain));
}
