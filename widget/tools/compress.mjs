// Compresses what a visitor downloads, prints how large it is on the wire, and fails the build where that is too much.
//
// Beside each file lie FILE.br and FILE.gz; the bot sends the one that the browser asks for.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const KB = 1000;

const finest = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const packings = { br: (plain) => brotliCompressSync(plain, finest), gz: (plain) => gzipSync(plain, { level: 9 }) };

/** Writes both packings of a file; their larger size comes back. */
function packed(name) {
  const plain = readFileSync(new URL(name, DIST));
  const sizes = Object.entries(packings).map(([suffix, pack]) => {
    const small = pack(plain);
    writeFileSync(new URL(`${name}.${suffix}`, DIST), small);
    return small.length;
  });
  return Math.max(...sizes);
}

const assets = readdirSync(new URL("assets/", DIST)).filter((name) => !/\.(br|gz)$/.test(name));
const parts = [
  { what: "embed.js, loaded with the page", files: ["embed.js"], budget: 4 },
  { what: "the chat, loaded on the first click", files: ["index.html", ...assets.map((name) => `assets/${name}`)], budget: 30 },
];

for (const { what, files, budget } of parts) {
  const size = files.map(packed).reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${what}: ${(size / KB).toFixed(1)} KB on the wire (budget ${budget} KB)`);
  if (size > budget * KB) {
    console.error(`Tandem: ${what} is over its budget.`);
    process.exitCode = 1;
  }
}
