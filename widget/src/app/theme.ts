/** The clinic's colour, for light and for dark surfaces, with the contrast that text and controls need. */
import { type Rgb, inkOn, parseHex, readableOn, toHex } from "../shared/colour";
import { DEFAULT_COLOR } from "../shared/frame";

/** As in the style sheet. */
const SURFACES: Record<"light" | "dark", Rgb> = { light: [255, 255, 255], dark: [22, 27, 31] };
const BUBBLES: Record<"light" | "dark", Rgb> = { light: [240, 243, 244], dark: [36, 43, 49] };
const CONTROLS = 3;
const TEXT = 4.5;

export function themeColours(color: string): Record<string, string> {
  const chosen = parseHex(color) ?? parseHex(DEFAULT_COLOR)!;
  return Object.fromEntries((["light", "dark"] as const).flatMap((mode) => coloursOf(mode, chosen)));
}

function coloursOf(mode: "light" | "dark", chosen: Rgb): [string, string][] {
  const fill = readableOn(SURFACES[mode], chosen, CONTROLS);
  return [
    [`--fill-${mode}`, toHex(fill)],
    [`--on-fill-${mode}`, toHex(inkOn(fill))],
    [`--ink-${mode}`, toHex(readableOn(BUBBLES[mode], chosen, TEXT))],
  ];
}

/** Set the colours; light or dark as the visitor's system says, unless the clinic wants one of them. */
export function applyTheme(root: HTMLElement, color: string, theme: string): void {
  for (const [name, value] of Object.entries(themeColours(color))) root.style.setProperty(name, value);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => (root.dataset["theme"] = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light");
  dark.addEventListener("change", show);
  show();
}
