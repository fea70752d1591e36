/** The catalogues by language. A new language is one file like en.ts and one line in each table. */
import * as en from "./en";
import * as fr from "./fr";

export type { ChatStrings, LauncherStrings } from "./en";

const launchers: Record<string, en.LauncherStrings> = { en: en.launcher, fr: fr.launcher };
const chats: Record<string, en.ChatStrings> = { en: en.chat, fr: fr.chat };

/** The launcher's words in a language such as "en" or "en-CA", or in English where there are none. */
export function launcherStrings(language: string): en.LauncherStrings {
  return launchers[primary(language)] ?? en.launcher;
}

/** The chat's words in a language, or in English where there are none. */
export function chatStrings(language: string): en.ChatStrings {
  return chats[primary(language)] ?? en.chat;
}

/** The languages that the chat has words in. */
export const languages = /* @__PURE__ */ Object.keys(launchers);

/** The language that is really spoken for wished ones, the best first. */
export function spoken(...wished: readonly string[]): string {
  return wished.map(primary).find((language) => language in launchers) ?? "en";
}

function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "en";
}
