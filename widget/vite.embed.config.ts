// Builds dist/embed.js, the one script that a clinic's page includes: no modules, nothing to load after it.
import { defineConfig } from "vite";

/** Takes the blanks out of the style sheet, which stands in a script as text. */
const squeezed = (sheet: string) => sheet.replace(/\n\s*/g, "").replace(/([:;,{}]) | (?=[{}])/g, "$1").replace(/;}/g, "}");
const smaller = {
  name: "smaller-style-sheet",
  transform: (code: string, id: string) => (id.endsWith("/embed/style.ts") ? code.replace(/`[^`]*`/g, squeezed) : null),
};

export default defineConfig({
  publicDir: false,
  plugins: [smaller],
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: false,
    lib: { entry: "src/embed.ts", formats: ["iife"], name: "TandemChat", fileName: () => "embed.js" },
  },
});
