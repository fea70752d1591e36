/** The line to write in. Whatever is pasted into it stays whole; what is too long is said before anybody sends it. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fill } from "../../shared/fill";
import type { ChatStrings } from "../../strings";
import { useWords } from "../context";
import { SendIcon } from "./icons";

/** As the channel takes it. */
const LONGEST_TEXT = 1000;

interface Props {
  input: RefObject<HTMLTextAreaElement | null>;
  disabled: boolean;
  draft: string | null;
  onDraftTaken: () => void;
  onSend: (text: string) => void;
}

export function Composer({ input, disabled, draft, onDraftTaken, onSend }: Props) {
  const words = useWords();
  const [text, setText] = useState("");
  useEffect(() => {
    if (draft === null) return;
    setText((typed) => typed || draft);
    onDraftTaken();
  }, [draft]);
  const length = lengthOf(text);
  const isTooLong = length > LONGEST_TEXT;
  const send = () => {
    if (!length || isTooLong) return;
    setText("");
    onSend(text.trim());
    input.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="field">
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={text}
          placeholder={words.placeholder}
          aria-label={words.input}
          aria-describedby="too-long emergency-line"
          aria-invalid={isTooLong}
          autocomplete="off"
          enterkeyhint="send"
          disabled={disabled}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // 229: a key that belongs to a composition, in browsers that have ended it already.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={disabled}>
          <SendIcon />
        </button>
      </div>
      {/* Without a role of its own: the alert is for what went wrong. Read out once, not at each letter. */}
      <p id="too-long" aria-live="assertive">
        {isTooLong && fill(words.too_long, { most: counted(LONGEST_TEXT, words) })}
      </p>
      {isTooLong && <p aria-hidden="true">{`${counted(length, words)} / ${counted(LONGEST_TEXT, words)}`}</p>}
      <p id="emergency-line">{words.emergency_line}</p>
    </form>
  );
}

/** How long a text is for the channel, which counts characters, not the halves that some are stored as. */
function lengthOf(text: string): number {
  return [...text.trim()].length;
}

function counted(characters: number, words: ChatStrings): string {
  return characters.toLocaleString(words.locale);
}
