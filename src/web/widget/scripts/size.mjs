// The budget is part of the product: a shop's page must not pay more than this for help.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limit = 15 * 1024;
const total = readdirSync("dist")
  .filter((name) => name.endsWith(".js") || name.endsWith(".css"))
  .reduce((sum, name) => sum + gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length, 0);
console.log(`widget: ${(total / 1024).toFixed(1)} KiB gzipped of ${limit / 1024}`);
if (total > limit) {
  console.error("The widget is over its budget.");
  process.exit(1);
}
