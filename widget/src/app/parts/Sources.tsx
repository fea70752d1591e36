/** What an answer rests on: on demand, the article's own sentences under their headings. */
import { useWords } from "../context";
import type { Source } from "../types";
import { BookIcon } from "./icons";

/** The language that the article is written in: its sentences are shown as they are. */
const LANGUAGE = "en";

export function Sources({ sources }: { sources: readonly Source[] }) {
  const words = useWords();
  return (
    <details class="source" onToggle={(event) => event.currentTarget.open && event.currentTarget.scrollIntoView({ block: "nearest" })}>
      <summary>
        <BookIcon />
        {words.sources}
      </summary>
      {byHeading(sources).map(([heading, quotes]) => (
        <figure key={heading} lang={LANGUAGE}>
          <figcaption>{heading}</figcaption>
          {quotes.map((quote) => (
            <blockquote key={quote}>{quote}</blockquote>
          ))}
        </figure>
      ))}
    </details>
  );
}

/** Sentences under the same heading stand together. */
function byHeading(sources: readonly Source[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { heading, quote } of sources) found.set(heading, [...(found.get(heading) ?? []), quote]);
  return [...found];
}
