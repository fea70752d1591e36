/** Where an answer comes from: the heading in the article, and on demand the sentence itself. */
import { fill } from "../../shared/fill";
import { useWords } from "../context";
import type { Source } from "../types";
import { BookIcon } from "./icons";

export function SourceCard({ source }: { source: Source }) {
  const words = useWords();
  return (
    <details class="source">
      <summary>
        <BookIcon />
        <span>
          <span class="kind">{words.source}</span> {source.heading}
        </span>
      </summary>
      <p class="hidden-text">{fill(words.source_from, { heading: source.heading })}</p>
      <blockquote>{source.quote}</blockquote>
    </details>
  );
}
