/** The catalogues by language. A new language is one file like en.ts and one line in each table. */
import * as en from "./en";

export type { ChatStrings, LauncherStrings } from "./en";

const launchers: Record<string, en.LauncherStrings> = { en: en.launcher };
const chats: Record<string, en.ChatStrings> = { en: en.chat };

/** The launcher's words in a language such as "en" or "en-CA", or in English where there are none. */
export function launcherStrings(language: string): en.LauncherStrings {
  return launchers[primary(language)] ?? en.launcher;
}

/** The chat's words in a language, or in English where there are none. */
export function chatStrings(language: string): en.ChatStrings {
  return chats[primary(language)] ?? en.chat;
}

/** The language that is really spoken for a wished one. */
export function spoken(language: string): string {
  return primary(language) in chats ? primary(language) : "en";
}

function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "en";
}
