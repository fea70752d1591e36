/** The numbers to call in an emergency, each as a button of its own across the whole width. */
import { fill } from "../../shared/fill";
import { useWords } from "../context";
import { callsOf } from "../rich_text";
import { PhoneIcon } from "./icons";

export function Calls({ text }: { text: string }) {
  const words = useWords();
  return (
    <>
      {callsOf(text).map(({ number, href }) => (
        <a key={number} class="call" href={href} target="_top">
          <PhoneIcon />
          {fill(words.call, { number })}
        </a>
      ))}
    </>
  );
}
