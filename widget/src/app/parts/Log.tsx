/** The conversation. A live region: what is added to it is read out, what was there before is not. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { fill } from "../../shared/fill";
import { useWords } from "../context";
import type { BotEntry, Entry, State } from "../conversation";
import { scrollOn, stayAtEnd } from "../scrolling";
import type { Button, Feedback, FormValues } from "../types";
import { BotMessage, Note, UserMessage } from "./Message";
import { Replies } from "./Replies";

interface Props {
  state: State;
  name: string;
  /** The address of the page on privacy. */
  privacy: string;
  onSuggestion: (question: string) => void;
  onPress: (button: Button) => void;
  onSubmit: (values: FormValues, shown: string) => void;
  onFill: (values: FormValues) => void;
  onRate: (answered: string, value: Feedback) => void;
  onStartOver: () => void;
}

export function Log({ state, name, privacy, onSuggestion, onStartOver, ...on }: Props) {
  const words = useWords();
  const log = useScrolling(state);
  const shown = state.entries.filter((entry) => !isSaidAlready(entry));
  const isBusy = state.answering || (state.problem !== null && state.problem.kind !== "refused");
  const current = isBusy ? [] : lastAnswer(shown);
  // What was said before the page was loaded is no news.
  const before = shown.filter((entry) => state.entries.indexOf(entry) < state.restored);
  const news = shown.slice(before.length);
  const view = (entry: Entry) => (
    <EntryView key={entry.key} entry={entry} isCurrent={current.includes(entry)} given={state.given} {...on} />
  );
  const fresh = state.ready && !state.ended && state.entries.length === 0;
  return (
    <div ref={log} class="log" role="log" aria-label={words.log} aria-live="polite" tabIndex={0}>
      <div class="history" aria-live="off">
        {!state.ended && (
          <div class="message bot" id="greeting">
            <div class="bubble">
              <p>{fill(words.greeting, { name })}</p>
            </div>
          </div>
        )}
        {fresh && (
          <p id="privacy">
            {words.privacy}{" "}
            <a href={privacy} target="_blank" rel="noopener noreferrer">
              {words.privacy_link}
            </a>
          </p>
        )}
        {fresh && (
          <Replies label={words.suggestions_label} titles={words.suggestions} onChoose={(i) => onSuggestion(words.suggestions[i]!)} />
        )}
        {before.map(view)}
      </div>
      {news.map(view)}
      {state.ended && (
        <button type="button" class="solid start-over" onClick={onStartOver}>
          {words.start_over}
        </button>
      )}
    </div>
  );
}

interface EntryProps extends Pick<Props, "onPress" | "onSubmit" | "onFill" | "onRate"> {
  entry: Entry;
  isCurrent: boolean;
  given: FormValues;
}

function EntryView({ entry, ...rest }: EntryProps) {
  if (entry.kind === "note") return <Note entry={entry} />;
  if (entry.kind === "user") return <UserMessage entry={entry} />;
  return <BotMessage entry={entry} {...rest} />;
}

/** The greeting introduces the assistant; an introduction by the bot would be the second one. */
function isSaidAlready(entry: Entry): boolean {
  return entry.kind === "bot" && entry.message.introduction === true && entry.sources.length === 0;
}

/** What the bot said last: only there do buttons still fit the conversation. */
function lastAnswer(entries: readonly Entry[]): Entry[] {
  const after = entries.findLastIndex((entry) => entry.kind !== "bot") + 1;
  return entries.slice(after).filter((entry): entry is BotEntry => entry.kind === "bot");
}

/** Bring what is new into view, once it is drawn with all that belongs to it. */
function useScrolling(state: State) {
  const log = useRef<HTMLDivElement>(null);
  const seen = useRef({ entries: 0, answering: false });
  useLayoutEffect(() => {
    const { entries, answering, problem } = state;
    const isNews = entries.length > seen.current.entries || answering || seen.current.answering || problem;
    seen.current = { entries: entries.length, answering };
    // While it is answering, buttons and forms are not there yet: the last word comes when it is done.
    if (log.current && isNews) scrollOn(log.current, entries.at(-1)?.kind === "bot");
  }, [state.entries, state.answering, state.problem]);
  useLayoutEffect(() => stayAtEnd(log.current!), []);
  return log;
}
