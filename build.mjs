// Bundles scripts and styles into pwa/static/dist: hashed names, compressed twins, and built.json that says what is where.
import * as esbuild from "esbuild";
import { bundle } from "lightningcss";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const JS = "pwa/static/js";
const OUT = "pwa/static/dist";
const FLOOR = { safari: (16 << 16) | (4 << 8), ios_saf: (16 << 16) | (4 << 8), chrome: 111 << 16, firefox: 121 << 16 };

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const files = {};
const imports = {};
await buildScripts();
await buildWorker();
buildStyles();
cpSync("pwa/static/icons", join(OUT, "icons"), { recursive: true });
writeFileSync(join(OUT, "built.json"), JSON.stringify({ files, imports }, null, 1));
for (const path of globSync(`${OUT}/**/*.{js,css,svg}`)) compress(path);

async function buildScripts() {
  const { metafile } = await esbuild.build({
    ...options(),
    entryPoints: globSync(`${JS}/pages/*.js`),
    outdir: OUT,
    outbase: JS,
    format: "esm",
    splitting: true,
    entryNames: "[dir]/[name]-[hash]",
    chunkNames: "chunks/[name]-[hash]",
    metafile: true,
  });
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (!output.entryPoint) continue;
    const name = relative(JS, output.entryPoint);
    files[name] = relative(OUT, path);
    imports[name] = output.imports.filter((one) => one.kind === "import-statement").map((one) => relative(OUT, one.path));
  }
}

async function buildWorker() {
  const [entry] = globSync(`${JS}/worker/sw.js`);
  if (entry) await esbuild.build({ ...options(), entryPoints: [entry], outfile: join(OUT, "sw.js"), format: "iife" });
}

function options() {
  return { bundle: true, minify: true, target: ["safari16.4", "chrome111", "firefox121"], legalComments: "none", logLevel: "warning" };
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
