/** One message, whoever says it. */
import { useWords } from "../context";
import type { BotEntry, NoteEntry, UserEntry } from "../conversation";
import { withoutTokens } from "../tokens";
import { daysInWords, daysOf, isDateCard, wordedCard } from "../date_card";
import { pictureOf } from "../timeline";
import type { Button, Feedback, Form, FormValues } from "../types";
import { ContactForm } from "./ContactForm";
import { Rating } from "./Rating";
import { Replies } from "./Replies";
import { Calls } from "./Calls";
import { RichText } from "./RichText";
import { Sources } from "./Sources";
import { Timeline } from "./Timeline";

export function UserMessage({ entry }: { entry: UserEntry }) {
  const words = useWords();
  return (
    <div class="message user">
      <div class="bubble">
        <p>
          <span class="hidden-text">{`${words.from_user}: `}</span>
          <bdi>{withoutTokens(entry.text, words)}</bdi>
        </p>
      </div>
      {entry.failed && <p class="mark">{words.not_sent}</p>}
    </div>
  );
}

export function Note({ entry }: { entry: NoteEntry }) {
  return <p class="message note">{useWords()[entry.note]}</p>;
}

function DateCard({ form, onSubmit }: { form: Form; onSubmit: BotProps["onSubmit"] }) {
  const words = useWords();
  return <ContactForm form={wordedCard(form, words)} given={{}} onSubmit={(values) => onSubmit(daysOf(values), daysInWords(values))} onFill={() => {}} />;
}

/** On these the numbers in the text are buttons to call. */
const CALLING = ["emergency", "self_harm", "side_effect_mild"];

interface BotProps {
  entry: BotEntry;
  isCurrent: boolean;
  given: FormValues;
  onPress: (button: Button) => void;
  onSubmit: (values: FormValues, shown: string) => void;
  onFill: (values: FormValues) => void;
  onRate: (answered: string, value: Feedback) => void;
}

export function BotMessage({ entry, isCurrent, given, onPress, onSubmit, onFill, onRate }: BotProps) {
  const words = useWords();
  const { text, form, closing } = entry.message;
  const picture = pictureOf(entry.timing, words);
  const calls = CALLING.includes(entry.message.topic ?? "");
  const sources = entry.sources.length > 0 && <Sources sources={entry.sources} />;
  const offers = closing ? entry.message.buttons : [];
  const replies = entry.buttons.filter((button) => !offers.some((offer) => offer.payload === button.payload));
  const rating = entry.rates !== null && <Rating value={entry.feedback} onRate={(value) => onRate(entry.rates!, value)} />;
  const choices = (label: string, buttons: Button[]) =>
    isCurrent && buttons.length > 0 && <Replies label={label} titles={buttons.map((button) => button.title)} onChoose={(i) => onPress(buttons[i]!)} />;
  return (
    <div class={entry.urgent ? "message bot urgent" : "message bot"}>
      {text && (
        <div class={closing ? "closing" : "bubble"}>
          <span class="hidden-text">{`${words.from_bot}: `}</span>
          <div lang={entry.language || undefined}>
            <RichText text={text} calls={calls} />
            {calls && <Calls text={text} />}
          </div>
          {closing && sources}
          {closing && (
            <div class="row">
              {choices(words.offer_label, offers)}
              {rating}
            </div>
          )}
        </div>
      )}
      {picture && <Timeline picture={picture} />}
      {!closing && sources}
      {form && isCurrent && (isDateCard(form) ? <DateCard form={form} onSubmit={onSubmit} /> : <ContactForm form={form} given={given} onSubmit={onSubmit} onFill={onFill} />)}
      {!closing && rating}
      {choices(words.replies_label, replies)}
    </div>
  );
}
