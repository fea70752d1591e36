/** What the server keeps under seal comes back as a token, such as "[phone-1]"; people read words instead. */
import type { ChatStrings } from "../strings";

const TOKEN = /\[(?:(name|phone|email|time|note)(?:-\d+)?|…)\]/g;

export function withoutTokens(text: string, strings: ChatStrings): string {
  return text.replace(TOKEN, (_, kind?: keyof ChatStrings["kept"]) => strings.kept[kind ?? "other"]);
}
