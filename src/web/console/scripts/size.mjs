// Says how much JavaScript a first visit loads, and fails when it is more than the console allows itself.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const most = 250 * 1024;
const dist = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", dist), "utf8");
const size = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

if (/<script(?![^>]*\bsrc=)[^>]*>/.test(html) || /\son[a-z]+=/.test(html)) {
  console.error("index.html has inline script; the page's policy would block it.");
  process.exit(1);
}

// What the page names, and the page a visit opens on (the log of questions) with what that imports.
const first = new Set([...html.matchAll(/\/console\/([^"']+\.js)/g)].map((m) => m[1]));
const assets = readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(".js"));
const landing = assets.find((name) => name.startsWith("Questions-"));
if (landing) {
  first.add(`assets/${landing}`);
}
// A set that grows while it is walked: the imports of imports come too.
for (const path of first) {
  for (const m of readFileSync(new URL(path, dist), "utf8").matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) {
    first.add(`assets/${m[1]}`);
  }
}

const total = [...first].reduce((sum, path) => sum + size(path), 0);
for (const name of assets) {
  console.log(`  ${first.has(`assets/${name}`) ? "first" : "later"}  ${name}  ${kib(size(`assets/${name}`))}`);
}
console.log(`First load, gzipped JavaScript: ${kib(total)} of ${kib(most)}`);
if (total > most) {
  console.error("More than the console allows itself.");
  process.exit(1);
}
