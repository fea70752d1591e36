/** The line to write in. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
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
  const send = () => {
    if (!text.trim()) return;
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
          value={text}
          maxLength={LONGEST_TEXT}
          placeholder={words.placeholder}
          aria-label={words.input}
          aria-describedby="emergency-line"
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
      <p id="emergency-line">{words.emergency_line}</p>
    </form>
  );
}
