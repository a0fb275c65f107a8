// Says how much JavaScript a first visit loads, and fails when it is more than the console allows itself.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const most = 250 * 1024;
const dist = new URL(process.argv[2] ?? "../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", dist), "utf8");
const size = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

if (/<script(?![^>]*\bsrc=)[^>]*>/.test(html) || /\son[a-z]+=/.test(html)) {
  console.error("index.html has inline script; the page's policy would block it.");
  process.exit(1);
}

// What the page names, the texts of one language, and the heaviest page a visit may begin on, each with what that imports.
const assets = readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(".js"));
const begin = [...html.matchAll(/\/console\/([^"']+\.js)/g)].map((m) => m[1]);
const named = (name) => assets.filter((asset) => asset.startsWith(`${name}-`)).map((asset) => `assets/${asset}`);

// A set that grows while it is walked: the imports of imports come too.
function reached(paths) {
  const found = new Set(paths);
  for (const path of found) {
    for (const m of readFileSync(new URL(path, dist), "utf8").matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) {
      found.add(`assets/${m[1]}`);
    }
  }
  return found;
}

const sum = (paths) => [...paths].reduce((bytes, path) => bytes + size(path), 0);
const loads = ["Home", "LivePage", "Conversations", "Questions", "SignIn"].map((page) => ({ page, paths: reached([...begin, ...named("ko"), ...named(page)]) }));
for (const load of loads) {
  console.log(`  a visit to ${load.page}: ${kib(sum(load.paths))}`);
}
const { page, paths: first } = loads.sort((a, b) => sum(b.paths) - sum(a.paths))[0];

const total = sum(first);
for (const name of assets) {
  console.log(`  ${first.has(`assets/${name}`) ? "first" : "later"}  ${name}  ${kib(size(`assets/${name}`))}`);
}
console.log(`First load on the heaviest page (${page}), gzipped JavaScript: ${kib(total)} of ${kib(most)}`);
if (total > most) {
  console.error("More than the console allows itself.");
  process.exit(1);
}
