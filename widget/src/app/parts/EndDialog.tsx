/** Asks before the conversation is ended. */
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../context";

interface Props {
  open: boolean;
  onAnswer: (end: boolean) => void;
}

export function EndDialog({ open, onAnswer }: Props) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} aria-labelledby="end-question" aria-describedby="end-explained" onCancel={() => onAnswer(false)}>
      <h2 id="end-question">{words.end_question}</h2>
      <p id="end-explained">{words.end_explained}</p>
      <div class="row">
        <button type="button" class="quiet" onClick={() => onAnswer(false)}>
          {words.end_no}
        </button>
        <button type="button" class="solid" onClick={() => onAnswer(true)}>
          {words.end_yes}
        </button>
      </div>
    </dialog>
  );
}
