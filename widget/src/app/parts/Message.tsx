/** One message, whoever says it. */
import { useWords } from "../context";
import type { BotEntry, NoteEntry, UserEntry } from "../conversation";
import { withoutTokens } from "../tokens";
import { pictureOf } from "../timeline";
import type { Button, FormValues, Source } from "../types";
import { ContactForm } from "./ContactForm";
import { Replies } from "./Replies";
import { RichText } from "./RichText";
import { SourceCard } from "./SourceCard";
import { Timeline } from "./Timeline";

export function UserMessage({ entry }: { entry: UserEntry }) {
  const words = useWords();
  return (
    <div class="message user">
      <div class="bubble">
        <p>
          <span class="hidden-text">{`${words.from_user}: `}</span>
          {withoutTokens(entry.text, words)}
        </p>
      </div>
      {entry.failed && <p class="mark">{words.not_sent}</p>}
    </div>
  );
}

export function Note({ entry }: { entry: NoteEntry }) {
  return <p class="message note">{useWords()[entry.note]}</p>;
}

interface BotProps {
  entry: BotEntry;
  isCurrent: boolean;
  given: FormValues;
  onPress: (button: Button) => void;
  onSubmit: (values: FormValues, shown: string) => void;
  onFill: (values: FormValues) => void;
}

export function BotMessage({ entry, isCurrent, given, onPress, onSubmit, onFill }: BotProps) {
  const words = useWords();
  const { text, form } = entry.message;
  const picture = pictureOf(entry.timing, words);
  return (
    <div class={entry.urgent ? "message bot urgent" : "message bot"} lang={entry.language || undefined}>
      {text && (
        <div class="bubble">
          <span class="hidden-text">{`${words.from_bot}: `}</span>
          <RichText text={text} />
        </div>
      )}
      {picture && <Timeline picture={picture} />}
      {byHeading(entry.sources).map(([heading, quotes]) => (
        <SourceCard key={heading} heading={heading} quotes={quotes} />
      ))}
      {form && isCurrent && <ContactForm form={form} given={given} onSubmit={onSubmit} onFill={onFill} />}
      {isCurrent && entry.buttons.length > 0 && (
        <Replies
          label={words.replies_label}
          titles={entry.buttons.map((button) => button.title)}
          onChoose={(i) => onPress(entry.buttons[i]!)}
        />
      )}
    </div>
  );
}

/** Sentences under the same heading share a card. */
function byHeading(sources: Source[]): [string, string[]][] {
  const cards = new Map<string, string[]>();
  for (const { heading, quote } of sources) cards.set(heading, [...(cards.get(heading) ?? []), quote]);
  return [...cards];
}
