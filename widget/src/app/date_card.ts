/** The date card: a day for each treatment. The bot names its fields; its words are the chat's own. */
import type { ChatStrings } from "../strings";
import type { Field, Form, FormValues } from "./types";

const ID = "dates";
const SUFFIX = "_date";

export function isDateCard(form: Form): boolean {
  return form.id === ID;
}

/** The card as a form with words: of its days one has to be filled in. */
export function wordedCard(form: Form, strings: ChatStrings): Form {
  const { title, note, submit } = strings.dates;
  return { ...form, title, note, submit, fields: form.fields.map((field) => ({ ...field, label: labelOf(field, strings), one_of: ID })) };
}

/** What is sent: a day that was left empty is null. */
export function daysOf(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).map(([name, day]) => [name, day || null]));
}

/** What the user is shown to have said, as the server keeps it. */
export function daysInWords(values: FormValues): string {
  const told = Object.entries(values).filter(([, day]) => day);
  return told.map(([name, day]) => `${treatmentOf(name)} ${String(day)}`).join(", ") || "–";
}

function labelOf(field: Field, strings: ChatStrings): string {
  const names: Record<string, string | undefined> = strings.dates.of;
  const treatment = treatmentOf(field.name);
  return names[treatment] ?? treatment.charAt(0).toUpperCase() + treatment.slice(1);
}

function treatmentOf(name: string): string {
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
}
