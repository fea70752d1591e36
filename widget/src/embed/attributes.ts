/** Reads the data attributes of the script's tag; a wrong one falls back to its default. */
import { parseHex, toHex } from "../shared/colour";
import { DEFAULT_COLOR } from "../shared/frame";

export interface Attributes {
  /** The bot's origin, where the script itself comes from. */
  origin: string;
  name: string;
  color: string;
  position: "left" | "right";
  lang: string;
  theme: "auto" | "light" | "dark";
}

export function readAttributes(script: HTMLScriptElement): Attributes {
  const { name = "", color = "", position, lang = "en", theme } = script.dataset;
  return {
    origin: new URL(script.src).origin,
    name: name.trim().slice(0, 60),
    color: toHex(parseHex(color) ?? parseHex(DEFAULT_COLOR)!),
    position: position === "left" ? "left" : "right",
    lang,
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}
