/** Who is talking, and what can be done with the conversation. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { chatStrings, languages } from "../../strings";
import { useWords } from "../context";
import { CloseIcon, CopyIcon, DownloadIcon, EndIcon, LanguageIcon, MoreIcon } from "./icons";

interface Props {
  name: string;
  /** The address of the clinic's picture; its initial stands there without one. */
  avatar: string;
  hasConversation: boolean;
  onClose: (() => void) | null;
  onDownload: () => void;
  onCopy: () => void;
  onEnd: () => void;
  /** The language that the chat is shown in, and what another one is chosen with. */
  language: string;
  onLanguage: (language: string) => void;
}

export function Header({ name, avatar, hasConversation, onClose, onDownload, onCopy, onEnd, language, onLanguage }: Props) {
  const words = useWords();
  const { open, setOpen, toggle, area } = useDisclosure();
  const choose = (what: () => void) => () => {
    setOpen(false);
    toggle.current?.focus();
    what();
  };
  return (
    <header>
      <span class="avatar" aria-hidden="true">
        {avatar ? <img src={avatar} alt="" /> : name.slice(0, 1).toUpperCase()}
      </span>
      <div class="who">
        <h1>{name}</h1>
        <p>{words.subtitle}</p>
      </div>
      <div class="options" ref={area}>
        <button ref={toggle} type="button" class="icon" aria-label={words.options} aria-expanded={open} aria-controls="options" onClick={() => setOpen(!open)}>
          <MoreIcon />
        </button>
        <ul id="options" hidden={!open}>
          <li>
            <button type="button" disabled={!hasConversation} onClick={choose(onDownload)}>
              <DownloadIcon />
              {words.download}
            </button>
          </li>
          <li>
            <button type="button" disabled={!hasConversation} onClick={choose(onCopy)}>
              <CopyIcon />
              {words.copy}
            </button>
          </li>
          <li>
            <button type="button" disabled={!hasConversation} onClick={choose(onEnd)}>
              <EndIcon />
              {words.end}
            </button>
          </li>
          {languages
            .filter((other) => other !== language)
            .map((other) => (
              <li key={other}>
                <button type="button" lang={other} onClick={choose(() => onLanguage(other))}>
                  <LanguageIcon />
                  {chatStrings(other).name}
                </button>
              </li>
            ))}
        </ul>
      </div>
      {onClose && (
        <button type="button" class="icon" aria-label={words.close} onClick={onClose}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}

/** A list under its button, which closes when the user goes elsewhere or presses Escape. */
function useDisclosure() {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const area = useRef<HTMLDivElement>(null);
  // In the layout phase: a key pressed right after the click must already find the listener.
  useLayoutEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (!area.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setOpen(false);
      toggle.current?.focus();
    };
    const node = area.current!;
    node.addEventListener("keydown", escape);
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      node.removeEventListener("keydown", escape);
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  return { open, setOpen, toggle, area };
}
