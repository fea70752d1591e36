// Prints what a visitor downloads, gzipped, and fails the build where that is more than the budget.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const KIB = 1024;

const zipped = (name) => gzipSync(readFileSync(new URL(name, DIST)), { level: 9 }).length;
const assets = readdirSync(new URL("assets/", DIST)).map((name) => `assets/${name}`);

const parts = [
  { what: "embed.js, loaded with the page", files: ["embed.js"], budget: 6 },
  { what: "the chat, loaded on the first click", files: ["index.html", ...assets], budget: 150 },
];

for (const { what, files, budget } of parts) {
  const size = files.map(zipped).reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${what}: ${(size / KIB).toFixed(1)} KiB gzipped (budget ${budget} KiB)`);
  if (size > budget * KIB) {
    console.error(`Tandem: ${what} is over its budget.`);
    process.exitCode = 1;
  }
}
