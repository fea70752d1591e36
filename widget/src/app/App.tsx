/** The chat: header, conversation, what goes wrong, and the line to write in. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { fill } from "../shared/fill";
import type { FrameOptions } from "../shared/frame";
import { chatStrings } from "../strings";
import { Words } from "./context";
import type { Conversation, State } from "./conversation";
import { Page } from "./page";
import { Composer } from "./parts/Composer";
import { EndDialog } from "./parts/EndDialog";
import { Header } from "./parts/Header";
import { Log } from "./parts/Log";
import { Problem } from "./parts/Problem";
import { Typing } from "./parts/Typing";
import { copyText, download } from "./keep";
import { fileName, transcriptOf } from "./transcript";

/** The bot's own page on privacy, for a clinic that names none. */
const privacyPage = (language: string) => (language === "en" ? "/page/privacy.html" : `/page/privacy.${language}.html`);

interface Props {
  conversation: Conversation;
  options: FrameOptions;
}

export function App({ conversation, options }: Props) {
  const state = useConversation(conversation);
  const strings = chatStrings(state.language);
  const input = useRef<HTMLTextAreaElement>(null);
  const focusInput = useCallback(() => input.current?.focus(), []);
  const { page, fullscreen } = usePage(options.origin, focusInput);
  const [ending, setEnding] = useState(false);
  const [notice, setNotice] = useState("");
  const name = fill(strings.title, { name: options.name || strings.someone });

  useNews(state, page);
  useOnline(conversation, state);
  useEscape(page, ending);
  useRestart(state, focusInput);
  useEffect(() => void (document.title = name), [name]);
  useLayoutEffect(() => void (document.documentElement.lang = state.language), [state.language]);
  useEffect(() => setNotice(""), [state.entries.length]);

  const text = () => transcriptOf(state.entries, strings, name, new Date());
  const act = (what: Promise<void>) => {
    focusInput();
    void what;
  };

  return (
    <Words.Provider value={strings}>
      <div class={fullscreen ? "chat fullscreen" : "chat"}>
        <Header
          name={name}
          avatar={options.avatar}
          onClose={page.isFramed ? () => page.close() : null}
          hasConversation={state.entries.some((entry) => entry.kind !== "note")}
          onDownload={() => download(fileName(strings, new Date()), text())}
          onCopy={async () => setNotice((await copyText(text())) ? strings.copied : strings.not_copied)}
          onEnd={() => setEnding(true)}
          language={state.language}
          onLanguage={(language) => act(conversation.speak(language))}
        />
        <main>
          <Log
            state={state}
            name={options.name || strings.greeting_someone}
            privacy={options.privacy || privacyPage(state.language)}
            onSuggestion={(question) => act(conversation.say(question))}
            onPress={(button) => act(conversation.press(button))}
            onSubmit={(values, shown) => act(conversation.submit(values, shown))}
            onFill={(values) => conversation.fillIn(values)}
            onRate={async (answered, value) => (await conversation.rate(answered, value)) && setNotice(strings.rated)}
            onStartOver={() => conversation.startOver()}
          />
          <Typing answering={state.answering} waiting={state.waiting} notice={notice} />
          <Problem problem={state.problem} onRetry={() => act(conversation.retry())} />
          <Composer
            input={input}
            disabled={state.ended}
            draft={state.draft}
            onDraftTaken={() => conversation.draftTaken()}
            onSend={(question) => void conversation.say(question)}
          />
        </main>
        <EndDialog
          open={ending}
          onAnswer={(end) => {
            setEnding(false);
            if (end) void conversation.end();
          }}
        />
      </div>
    </Words.Provider>
  );
}

function useConversation(conversation: Conversation): State {
  const [state, setState] = useState(conversation.now);
  useEffect(() => {
    setState(conversation.now);
    return conversation.onChange(setState);
  }, [conversation]);
  return state;
}

function usePage(origin: string, focusInput: () => void): { page: Page; fullscreen: boolean } {
  const [fullscreen, setFullscreen] = useState(false);
  const page = useMemo(
    () =>
      new Page(origin, (focus, isFullscreen) => {
        setFullscreen(isFullscreen);
        if (focus) focusInput();
      }),
    [origin],
  );
  useEffect(() => page.begin(), [page]);
  return { page, fullscreen };
}

/** Begin to write where a new chat begins: its line was closed until then. */
function useRestart(state: State, focusInput: () => void): void {
  const ended = useRef(false);
  useEffect(() => {
    if (ended.current && !state.ended) focusInput();
    ended.current = state.ended;
  }, [state.ended]);
}

/** Tell the page of each answer that comes while the chat is closed. */
function useNews(state: State, page: Page): void {
  const seen = useRef(0);
  useEffect(() => {
    const fresh = state.entries.slice(Math.max(seen.current, state.restored));
    if (fresh.some((entry) => entry.kind === "bot")) page.news();
    seen.current = state.entries.length;
  }, [state.entries]);
}

/** Try again by itself when the connection comes back. */
function useOnline(conversation: Conversation, state: State): void {
  const offline = state.problem?.kind === "offline" || state.problem?.kind === "history";
  useEffect(() => {
    if (!offline) return;
    const retry = () => void conversation.retry();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [conversation, offline]);
}

/** Escape closes the chat, unless it closes something in it first. */
function useEscape(page: Page, ending: boolean): void {
  useLayoutEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !ending) page.close();
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [page, ending]);
}
