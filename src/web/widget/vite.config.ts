import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    target: "es2020",
    lib: { entry: "src/index.ts", formats: ["iife"], name: "SmartServiceWidget", fileName: () => "widget.js" },
    sourcemap: false,
    emptyOutDir: true,
  },
  test: { environment: "happy-dom", environmentOptions: { happyDOM: { url: "https://shop.example/" } }, include: ["test/**/*.test.ts"] },
});
