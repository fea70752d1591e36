/** Reads the data attributes of the script's tag; a wrong one falls back to its default. */
import { parseHex } from "../shared/colour";
import { DEFAULT_COLOR } from "../shared/frame";
import { spoken } from "../strings";

export interface Attributes {
  /** The bot's origin, where the script itself comes from. */
  origin: string;
  name: string;
  color: string;
  position: "left" | "right";
  /** The script's own, else the page's, else the browser's. */
  lang: string;
  theme: "auto" | "light" | "dark";
  /** Addresses of pictures on the launcher and in the header; empty where there is none. */
  logo: string;
  avatar: string;
  /** The clinic's page on privacy; the bot's own where it is empty. */
  privacy: string;
  /** What stands beside the launcher, and after how many seconds; null where nothing does. */
  teaser: { text: string; after: number } | null;
}

export function readAttributes(script: HTMLScriptElement): Attributes {
  const { name = "", color = "", position, lang, theme, logo, avatar, privacy, teaser = "", greet = "" } = script.dataset;
  return {
    origin: new URL(script.src).origin,
    name: name.trim().slice(0, 60),
    color: parseHex(color) ? `#${color.trim().replace("#", "")}` : DEFAULT_COLOR,
    position: position === "left" ? "left" : "right",
    lang: lang ? spoken(lang) : spoken(document.documentElement.lang, ...navigator.languages),
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    logo: address(logo),
    avatar: address(avatar),
    privacy: address(privacy),
    teaser: teaser || greet ? { text: teaser.trim().slice(0, 120), after: Number(greet) || 0 } : null,
  };
}

/** A web address as the page means it; empty for anything else. */
function address(given?: string): string {
  try {
    const { protocol, href } = new URL(given!, location.href);
    return given && /^https?:$/.test(protocol) ? href : "";
  } catch {
    return "";
  }
}
