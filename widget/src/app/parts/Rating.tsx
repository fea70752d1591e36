/** Whether an answer helped: two buttons, of which one is pressed. */
import { useWords } from "../context";
import type { Feedback } from "../types";
import { DownIcon, UpIcon } from "./icons";

interface Props {
  value: Feedback | null;
  onRate: (value: Feedback) => void;
}

export function Rating({ value, onRate }: Props) {
  const words = useWords();
  const thumb = (which: Feedback, name: string, icon: preact.ComponentChild) => (
    <button type="button" class="icon" aria-label={name} title={name} aria-pressed={value === which} onClick={() => onRate(which)}>
      {icon}
    </button>
  );
  return (
    <div class="rating" role="group" aria-label={words.rating}>
      {thumb("up", words.helpful, <UpIcon />)}
      {thumb("down", words.not_helpful, <DownIcon />)}
    </div>
  );
}
