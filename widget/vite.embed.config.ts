// Builds dist/embed.js, the one script that a clinic's page includes: no modules, nothing to load after it.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2020",
    outDir: "dist",
    emptyOutDir: false,
    lib: { entry: "src/embed.ts", formats: ["iife"], name: "TandemChat", fileName: () => "embed.js" },
  },
});
