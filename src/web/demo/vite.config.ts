import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/demo/",
  build: { target: "es2022", emptyOutDir: true, modulePreload: { polyfill: false } },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"] },
});
