/** Where an answer comes from: the heading in the article, and on demand its sentences themselves. */
import { fill } from "../../shared/fill";
import { useWords } from "../context";
import { BookIcon } from "./icons";

interface Props {
  heading: string;
  quotes: readonly string[];
}

export function SourceCard({ heading, quotes }: Props) {
  const words = useWords();
  return (
    <details class="source" onToggle={(event) => event.currentTarget.open && event.currentTarget.scrollIntoView({ block: "nearest" })}>
      <summary>
        <BookIcon />
        <span>
          <span class="kind">{words.source}</span> {heading}
        </span>
      </summary>
      <p class="hidden-text">{fill(words.source_from, { heading })}</p>
      {quotes.map((quote) => (
        <blockquote key={quote}>{quote}</blockquote>
      ))}
    </details>
  );
}
