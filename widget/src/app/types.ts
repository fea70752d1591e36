/** What the website channel's API says, and what the chat shows of it. */

export interface Button {
  title: string;
  payload: string;
}

export interface Field {
  name: string;
  label?: string;
  type?: string;
  autocomplete?: string;
  required?: boolean;
  /** Of the fields with the same word here, one has to be filled in. */
  one_of?: string;
  error?: string;
  value?: string | null;
  hint?: string;
  options?: { value: string; label: string }[];
}

export interface Form {
  /** Which form it is, where the chat has its own words for it. */
  id?: string;
  title?: string;
  note?: string;
  fields: Field[];
  submit?: string;
}

export interface BotMessage {
  text: string;
  buttons: Button[];
  form?: Form;
  /** Who is speaking and what this is not: the chat's own greeting has said that already. */
  introduction?: boolean;
  /** It ends the answer: where the answer stands, and who can tell more. */
  closing?: boolean;
}

export interface Source {
  id: string;
  heading: string;
  quote: string;
}

export interface Timing {
  first: string | null;
  verdict: "too_soon" | "past_minimum" | "no_interval" | "ask_date" | null;
  days: number | null;
  botox_date: string | null;
  microneedling_date: string | null;
  earliest: string | null;
  minimum_days: number | null;
}

export interface Answer {
  messages: BotMessage[];
  topic: string;
  language: string;
  timing: Timing | null;
  sources: Source[];
  handoff_offered: boolean;
}

/** One message of the conversation so far; the last one of an answer carries what the whole answer rests on. */
export interface Line extends BotMessage {
  from: "user" | "bot";
  at: string;
  /** On the user's: the client's id. */
  id?: string;
  topic?: string;
  language?: string;
  timing?: Timing | null;
  sources?: Source[];
  feedback?: Feedback;
}

/** What the user thinks of an answer. */
export type Feedback = "up" | "down";

export type FormValues = Record<string, string | boolean | null>;

/** What a client sends: one of these, with an id of its own. */
export type Said = { text: string } | { payload: string } | { form: FormValues };
