/** Says that an answer is on its way, or what has just been done. */
import { useWords } from "../context";

interface Props {
  answering: boolean;
  waiting: boolean;
  notice: string;
}

export function Typing({ answering, waiting, notice }: Props) {
  const words = useWords();
  return (
    <div class="status" role="status">
      {answering ? (
        <>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class={waiting ? "" : "hidden-text"}>{waiting ? words.waiting : words.answering}</span>
        </>
      ) : (
        notice
      )}
    </div>
  );
}
