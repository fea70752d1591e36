/** What went wrong, and the way on. The alert is there before it says anything. */
import { useWords } from "../context";
import type { Problem as Wrong } from "../conversation";
import type { ChatStrings } from "../../strings";
import { RetryIcon } from "./icons";

interface Props {
  problem: Wrong | null;
  onRetry: () => void;
}

export function Problem({ problem, onRetry }: Props) {
  const words = useWords();
  return (
    <div class={problem ? "problem" : "problem empty"}>
      <p role="alert">{problem && sentenceOf(problem, words)}</p>
      {problem && problem.kind !== "refused" && (
        <button type="button" class="quiet" onClick={onRetry}>
          <RetryIcon />
          {words.retry}
        </button>
      )}
    </div>
  );
}

function sentenceOf(problem: Wrong, words: ChatStrings): string {
  // The server's own sentences are English.
  if (problem.kind === "refused" && words.locale.startsWith("en")) return problem.sentence || words.problem_refused;
  return words[`problem_${problem.kind}`];
}
