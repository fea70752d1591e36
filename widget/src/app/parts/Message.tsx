/** One message, whoever says it. */
import { useWords } from "../context";
import type { BotEntry, NoteEntry, UserEntry } from "../conversation";
import { pictureOf } from "../timeline";
import type { Button, FormValues } from "../types";
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
          {entry.text}
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
  onPress: (button: Button) => void;
  onSubmit: (values: FormValues, shown: string) => void;
}

export function BotMessage({ entry, isCurrent, onPress, onSubmit }: BotProps) {
  const words = useWords();
  const { text, buttons, form } = entry.message;
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
      {entry.sources.map((source) => (
        <SourceCard key={source.id} source={source} />
      ))}
      {form && isCurrent && <ContactForm form={form} onSubmit={onSubmit} />}
      {isCurrent && buttons.length > 0 && (
        <Replies label={words.replies_label} titles={buttons.map((button) => button.title)} onChoose={(i) => onPress(buttons[i]!)} />
      )}
    </div>
  );
}
