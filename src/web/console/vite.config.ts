import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8080";
const languages = ["en", "ko", "zh"];

/** src/texts/*.json hold each text in three languages side by side; a visit loads one of them ("virtual:texts/ko"). */
function texts(): Plugin {
  const prefix = "virtual:texts/";
  const folder = new URL("src/texts/", import.meta.url);
  return {
    name: "texts",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) {
        return undefined;
      }
      const column = languages.indexOf(id.slice(prefix.length + 1));
      const table: Record<string, string> = {};
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
        const file = new URL(name, folder);
        this.addWatchFile(file.pathname);
        for (const [key, line] of Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string[]>)) {
          table[key] = line[column] ?? "";
        }
      }
      return `export default ${JSON.stringify(table)};`;
    },
  };
}

export default defineConfig({
  base: "/console/",
  plugins: [react(), texts()],
  build: {
    target: "es2022",
    sourcemap: false,
    // Nothing as data: URL and no inline script, so that "script-src 'self'" is enough.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { host: "127.0.0.1", proxy: { "/v1": server, "/demo/api": server } },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://service.example/console/" } },
    include: ["test/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    css: false,
    testTimeout: 40_000,
  },
});
