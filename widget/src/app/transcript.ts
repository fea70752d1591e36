/** The conversation as a text to keep. */
import { fill } from "../shared/fill";
import type { ChatStrings } from "../strings";
import type { Entry } from "./conversation";
import { sayTime } from "./days";
import { withoutTokens } from "./tokens";
import { plainText } from "./rich_text";

export function transcriptOf(entries: readonly Entry[], strings: ChatStrings, name: string, now: Date): string {
  const title = fill(strings.file_title, { name, day: isoDay(now) });
  const said = entries.flatMap((entry) => linesOf(entry, strings));
  return [title, strings.file_note, "", ...said, ""].join("\n");
}

export function fileName(strings: ChatStrings, now: Date): string {
  return `${strings.file_name}-${isoDay(now)}.txt`;
}

function linesOf(entry: Entry, strings: ChatStrings): string[] {
  const time = sayTime(entry.at, strings.locale);
  if (entry.kind === "note") return [strings[entry.note], ""];
  if (entry.kind === "user") return [`${strings.from_user} (${time}): ${withoutTokens(entry.text, strings)}`, ""];
  const text = `${strings.from_bot} (${time}): ${plainText(entry.message.text)}`;
  return [text, ...entry.sources.map((source) => `  ${strings.source}: ${source.heading}: “${source.quote}”`), ""];
}

function isoDay(day: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
