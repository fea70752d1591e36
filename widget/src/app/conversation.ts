/**
 * The conversation as the chat shows it: what was said, what waits for its answer, what went wrong.
 *
 * A message keeps its id until it is answered, so that trying again never asks twice.
 */
import { type Api, OfflineError, RefusedError } from "./api";
import { newId } from "./ids";
import { chatStrings, languages } from "../strings";
import type { Pending, TabStorage } from "./storage";
import type { Answer, Button, Feedback, FormValues, Line, Said, Source, Timing } from "./types";

export interface UserEntry {
  kind: "user";
  key: string;
  at: string;
  text: string;
  /** The server would not take it, or could not be reached. */
  failed: boolean;
}

export interface BotEntry {
  kind: "bot";
  key: string;
  at: string;
  message: Line;
  language: string;
  urgent: boolean;
  timing: Timing | null;
  sources: Source[];
  buttons: Button[];
  /** The message that it answers, where it is the end of an answer that can be rated. */
  rates: string | null;
  feedback: Feedback | null;
}

export interface NoteEntry {
  kind: "note";
  key: string;
  at: string;
  note: "expired" | "ended";
}

export type Entry = UserEntry | BotEntry | NoteEntry;

export interface Problem {
  kind: "offline" | "failed" | "refused" | "history" | "end";
  /** The server's own sentence, where it gave one. */
  sentence: string;
}

export interface State {
  entries: readonly Entry[];
  /** Entries that were there when the page was loaded: they are not news. */
  restored: number;
  ready: boolean;
  answering: boolean;
  waiting: boolean;
  ended: boolean;
  problem: Problem | null;
  /** A text that the server refused, for the user to change. */
  draft: string | null;
  /** What was last filled in: a form that comes back with errors need not be filled in again. */
  given: FormValues;
  /** The language that the chat is shown in: the conversation's, once it has one. */
  language: string;
}

const FRESH: Omit<State, "language"> = {
  entries: [],
  restored: 0,
  ready: true,
  answering: false,
  waiting: false,
  ended: false,
  problem: null,
  draft: null,
  given: {},
};
const URGENT_TOPICS = ["emergency", "self_harm"];
/** Whether what is said on these was helpful is not to be asked. */
const NOT_RATED = /^(emergency|self_harm|consult|smalltalk_.*)$/;
const MOST_WAITS = 5;

type Pause = (seconds: number) => Promise<void>;
const sleep: Pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

export class Conversation {
  private state: State;
  private readonly listeners = new Set<(state: State) => void>();
  private flushing = false;
  /** What is said meanwhile waits, so that it goes into the conversation that is being taken up. */
  private restoring: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly api: Api,
    private readonly storage: TabStorage,
    private readonly isOurs: (token: string) => Promise<boolean> = () => Promise.resolve(true),
    private readonly pause: Pause = sleep,
    language = "en",
  ) {
    this.state = { ...FRESH, ready: false, language };
  }

  get now(): State {
    return this.state;
  }

  onChange(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Take up the conversation that this tab had before it was reloaded. */
  async restore(): Promise<void> {
    this.restoring = this.takeUp();
    if (await this.restoring) await this.flush();
  }

  say(text: string): Promise<void> {
    return this.add({ text }, text);
  }

  /** Show the chat in another language; a conversation that has begun is asked to go on in it. */
  async speak(language: string): Promise<void> {
    this.change({ language });
    if (this.state.entries.length) await this.say(chatStrings(language).ask_for_it);
  }

  press(button: Button): Promise<void> {
    return this.add({ payload: button.payload }, button.title);
  }

  /** Remember what stands in the form: it may come back below a question that was asked meanwhile. */
  fillIn(form: FormValues): void {
    this.change({ given: { ...this.state.given, ...form } });
  }

  submit(form: FormValues, shown: string): Promise<void> {
    this.fillIn(form);
    return this.add({ form }, shown);
  }

  /** Say what is thought of an answer; false where it could not be kept. */
  async rate(answered: string, value: Feedback): Promise<boolean> {
    const before = this.feedbackOn(answered);
    this.setFeedback(answered, value);
    try {
      await this.api.rate(this.storage.token ?? "", answered, value);
      return true;
    } catch {
      this.setFeedback(answered, before);
      return false;
    }
  }

  /** Try again what went wrong. */
  async retry(): Promise<void> {
    const wrong = this.state.problem?.kind;
    this.change({ problem: null });
    if (wrong === "history") await this.restore();
    else if (wrong === "end") await this.end();
    else await this.flush();
  }

  /** End the conversation, on the server too. */
  async end(): Promise<void> {
    try {
      if (this.storage.token) await this.api.end(this.storage.token, this.storage.isLocked);
    } catch (error) {
      if (!isOver(error)) return this.change({ problem: { kind: "end", sentence: "" } });
    }
    this.storage.clear();
    this.change({ ...FRESH, ended: true, entries: [note("ended")] });
  }

  startOver(): void {
    this.change(FRESH);
  }

  draftTaken(): void {
    this.change({ draft: null });
  }

  /** False where it could not be loaded. */
  private async takeUp(): Promise<boolean> {
    const { token, pending } = this.storage;
    if (token && !(await this.isOurs(token))) this.forget(pending);
    try {
      if (this.storage.isLocked) await this.patiently(() => this.token());
      await this.load();
      this.change({ ready: true, problem: null });
      return true;
    } catch (error) {
      this.change({ ready: true, problem: { ...problemOf(error), kind: "history" } });
      return false;
    }
  }

  /** Another tab has the conversation, and what it said; what is said meanwhile in this one begins a new one. */
  private forget(pending: readonly Pending[]): void {
    const theirs = new Set(pending.map((one) => one.id));
    this.storage.token = null;
    this.storage.pending = this.storage.pending.filter((one) => !theirs.has(one.id));
  }

  private async load(): Promise<void> {
    const { token } = this.storage;
    const lines = token ? await this.linesOf(token) : [];
    const entries = restoredEntries(lines);
    // Read only now: something may have been said while the server was asked.
    const unanswered = this.storage.pending.filter((one) => !isAnswered(lines, one.id));
    this.storage.pending = unanswered;
    const known = new Set(entries.map((entry) => entry.key));
    const unsent = unanswered.filter((one) => !known.has(one.id)).map(userEntry);
    this.change({ entries: [...entries, ...unsent], restored: entries.length + unsent.length, ...this.heard(lines.at(-1)?.language) });
  }

  private async linesOf(token: string): Promise<Line[]> {
    try {
      return await this.api.soFar(token);
    } catch (error) {
      if (!isOver(error)) throw error;
      this.storage.token = null;
      return [];
    }
  }

  private async add(said: Said, shown: string): Promise<void> {
    const pending: Pending = { id: newId(), said, shown };
    this.storage.pending = [...this.storage.pending, pending];
    this.change({ entries: [...this.state.entries, userEntry(pending)] });
    await this.restoring;
    await this.flush();
  }

  /** Deliver what waits, in order. A problem stops it: nothing overtakes a message that is not answered yet. */
  private async flush(): Promise<void> {
    if (this.flushing || !this.storage.pending.length) return;
    this.flushing = true;
    this.change({ answering: true, problem: null });
    try {
      for (let next = this.storage.pending[0]; next; next = this.storage.pending[0]) await this.deliver(next);
    } catch (error) {
      this.fail(error);
    } finally {
      this.flushing = false;
      this.change({ answering: false, waiting: false });
    }
  }

  private async deliver(pending: Pending): Promise<void> {
    this.mark(pending.id, false);
    const answer = await this.ask(pending);
    // The user may have ended the chat meanwhile.
    if (!this.isPending(pending)) return;
    this.storage.pending = this.storage.pending.filter((one) => one.id !== pending.id);
    const isOpen = answer.messages.some((message) => message.form);
    const entries = [...this.state.entries, ...answerEntries(pending.id, answer)];
    this.change({ entries, ...(isOpen ? {} : { given: {} }), ...this.heard(answer.language) });
  }

  /** The chat follows the conversation's language, where it has words in it. */
  private heard(language?: string): Partial<State> {
    return language && languages.includes(language) ? { language } : {};
  }

  private isPending(pending: Pending): boolean {
    return this.storage.pending.some((one) => one.id === pending.id);
  }

  private async ask(pending: Pending): Promise<Answer> {
    try {
      return await this.patiently(async () => this.api.send(await this.token(), pending.id, pending.said, this.state.language));
    } catch (error) {
      if (!isOver(error) || !this.isPending(pending)) throw error;
    }
    return this.askAnew(pending);
  }

  /** The conversation is over for the server: say so, and ask in a new one, where no button is on offer yet. */
  private async askAnew(pending: Pending): Promise<Answer> {
    this.storage.token = null;
    const entries = [...this.state.entries];
    entries.splice(entries.findIndex((entry) => entry.key === pending.id), 0, note("expired"));
    this.change({ entries });
    const said = "payload" in pending.said ? { text: pending.shown } : pending.said;
    return this.patiently(async () => this.api.send(await this.token(), pending.id, said, this.state.language));
  }

  private async token(): Promise<string> {
    if (this.storage.token) return this.storage.token;
    const token = await this.api.begin(this.storage.isLocked);
    await this.isOurs(token);
    this.storage.token = token;
    return token;
  }

  /** Do something, waiting as long as a busy server asks for. */
  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let waits = 0; ; waits++) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 429 || waits === MOST_WAITS) throw error;
        this.change({ waiting: true });
        await this.pause(Math.max(1, error.retryAfter));
        this.change({ waiting: false });
      }
    }
  }

  private fail(error: unknown): void {
    const problem = problemOf(error);
    const [stuck] = this.storage.pending;
    if (!stuck) return;
    this.mark(stuck.id, true);
    if (problem.kind === "refused") this.giveBack(stuck);
    this.change({ problem });
  }

  /** What the server refuses it will refuse again: the text goes back to the user, a form or button is open again. */
  private giveBack(refused: Pending): void {
    this.storage.pending = this.storage.pending.filter((one) => one.id !== refused.id);
    if ("text" in refused.said) this.change({ draft: refused.said.text });
    else this.change({ entries: this.state.entries.filter((entry) => entry.key !== refused.id) });
  }

  private mark(key: string, failed: boolean): void {
    const entries = this.state.entries.map((entry) => (entry.kind === "user" && entry.key === key ? { ...entry, failed } : entry));
    this.change({ entries });
  }

  private feedbackOn(answered: string): Feedback | null {
    const rated = this.state.entries.find((entry) => entry.kind === "bot" && entry.rates === answered);
    return rated?.kind === "bot" ? rated.feedback : null;
  }

  private setFeedback(answered: string, feedback: Feedback | null): void {
    const entries = this.state.entries.map((entry) => (entry.kind === "bot" && entry.rates === answered ? { ...entry, feedback } : entry));
    this.change({ entries });
  }

  private change(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener(this.state);
  }
}

function isOver(error: unknown): boolean {
  return error instanceof RefusedError && error.status === 401;
}

function problemOf(error: unknown): Problem {
  if (error instanceof OfflineError) return { kind: "offline", sentence: "" };
  if (!(error instanceof RefusedError)) return { kind: "failed", sentence: "" };
  const kind = error.status === 400 || error.status === 413 || error.status === 403 ? "refused" : "failed";
  return { kind, sentence: error.message };
}

function note(what: NoteEntry["note"]): NoteEntry {
  return { kind: "note", key: newId(), at: new Date().toISOString(), note: what };
}

function userEntry(pending: Pending): UserEntry {
  return { kind: "user", key: pending.id, at: new Date().toISOString(), text: pending.shown, failed: false };
}

function answerEntries(key: string, answer: Answer): BotEntry[] {
  const at = new Date().toISOString();
  const { topic, language, timing, sources } = answer;
  const lines = answer.messages.map((message): Line => ({ from: "bot", at, topic, language, ...message }));
  return botEntries(key, lines, timing, sources);
}

function restoredEntries(lines: Line[]): Entry[] {
  return turnsOf(lines).flatMap(([asked, ...said]) => {
    const { id, at, text } = asked!;
    const last = said.at(-1);
    const key = id ?? newId();
    return [{ kind: "user", key, at, text, failed: false }, ...botEntries(key, said, last?.timing, last?.sources)];
  });
}

/** What the user said, each with what the bot said to it. */
function turnsOf(lines: Line[]): Line[][] {
  const turns: Line[][] = [];
  for (const line of lines) {
    if (line.from === "user") turns.push([line]);
    else turns.at(-1)?.push(line);
  }
  return turns;
}

/**
 * An answer's messages: the first one that says something shows the dates, the last one what can follow. The sources
 * stand in the closing, or with the first one where there is none.
 */
function botEntries(key: string, lines: Line[], timing: Timing | null = null, sources: Source[] = []): BotEntry[] {
  const first = lines.findIndex((line) => !line.introduction);
  const cited = lines.at(-1)?.closing ? lines.length - 1 : first;
  const buttons = new Map(lines.flatMap((line) => line.buttons).map((button) => [button.payload, button]));
  return lines.map((line, i) => ({
    kind: "bot",
    key: `${key}/${i}`,
    at: line.at,
    message: line,
    language: line.language ?? "",
    urgent: URGENT_TOPICS.includes(line.topic ?? ""),
    timing: i === first ? timing : null,
    sources: i === cited ? sources : [],
    buttons: i === lines.length - 1 ? [...buttons.values()] : [],
    rates: i === lines.length - 1 && !NOT_RATED.test(line.topic ?? "") ? key : null,
    feedback: line.feedback ?? null,
  }));
}

function isAnswered(lines: Line[], id: string): boolean {
  const asked = lines.findIndex((line) => line.id === id);
  return asked >= 0 && lines[asked + 1]?.from === "bot";
}
