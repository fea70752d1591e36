/** The fields that a message asks for: drawn as the message describes them, checked again by the server. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../context";
import type { ChatStrings } from "../../strings";
import type { Field, Form, FormValues } from "../types";

interface Props {
  form: Form;
  /** What was filled in before, by field. */
  given: FormValues;
  onSubmit: (values: FormValues, shown: string) => void;
  /** What stands in the fields so far: a question in between must not lose it. */
  onFill: (values: FormValues) => void;
}

export function ContactForm({ form, given, onSubmit, onFill }: Props) {
  const words = useWords();
  const element = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const errors = new Map(form.fields.map((field) => [field.name, wrong.get(field.name) ?? field.error ?? ""]));
  const hasErrors = [...errors.values()].some(Boolean);
  useEffect(() => {
    if (wrong.size) element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);
  const submit = (event: Event) => {
    event.preventDefault();
    const values = valuesOf(form, element.current!);
    const found = wrongIn(form, values, element.current!, words);
    setWrong(found);
    if (!found.size) onSubmit(values, words.form_sent);
  };
  return (
    <form ref={element} class="contact" noValidate aria-label={form.title ?? words.form_label} onSubmit={submit} onChange={() => onFill(valuesOf(form, element.current!))}>
      {form.title && <h2>{form.title}</h2>}
      {form.note && <p class="hint">{form.note}</p>}
      <p role="alert" class={hasErrors ? "error" : "hidden-text"}>
        {hasErrors && words.form_errors}
      </p>
      {form.fields.map((field) => (
        <FieldView key={field.name} field={{ value: textOf(given[field.name]), ...field }} error={errors.get(field.name) ?? ""} />
      ))}
      <button type="submit" class="solid">
        {form.submit ?? words.form_submit}
      </button>
    </form>
  );
}

function FieldView({ field, error }: { field: Field; error: string }) {
  const words = useWords();
  const id = `field-${field.name}`;
  const described = [error && `${id}-error`, field.hint && `${id}-hint`].filter(Boolean).join(" ");
  const control = {
    id,
    name: field.name,
    required: field.required === true,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": described || undefined,
  };
  const label = (
    <label for={id}>
      {field.label}
      {!field.required && !field.one_of && field.type !== "checkbox" && <span class="hint"> ({words.form_optional})</span>}
    </label>
  );
  return (
    <div class={field.type === "checkbox" ? "entry check" : "entry"}>
      {field.type === "checkbox" ? (
        <div class="row">
          <input type="checkbox" {...control} defaultChecked={field.value === "true"} />
          {label}
        </div>
      ) : (
        <>
          {label}
          <Control field={field} control={control} />
        </>
      )}
      {field.hint && (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

const TYPES = ["text", "tel", "email", "date", "time"] as const;

function Control({ field, control }: { field: Field; control: Record<string, unknown> }) {
  if (field.type === "textarea") return <textarea rows={3} {...control} defaultValue={field.value ?? ""} />;
  if (field.options) {
    return (
      <select {...control} defaultValue={field.value ?? ""}>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  const type = TYPES.find((known) => known === field.type) ?? "text";
  const attributes = { type, autocomplete: field.autocomplete ?? "off", defaultValue: field.value ?? "", ...control };
  return <input {...(attributes as object)} />;
}

function valuesOf(form: Form, element: HTMLFormElement): FormValues {
  const given = new FormData(element);
  const read = (field: Field) => (field.type === "checkbox" ? given.has(field.name) : String(given.get(field.name) ?? "").trim());
  return Object.fromEntries(form.fields.map((field) => [field.name, read(field)]));
}

function textOf(value: FormValues[string] | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}

/** What has to be put right before the form can be sent, by field: first what is wrong, then what is missing. */
function wrongIn(form: Form, values: FormValues, element: HTMLFormElement, words: ChatStrings): Map<string, string> {
  const unreadable = form.fields.filter((field) => isUnreadable(element.elements.namedItem(field.name)));
  if (unreadable.length) return new Map(unreadable.map((field) => [field.name, words.form_no_day]));
  const missing = form.fields.filter((field) => isMissing(field, form, values));
  return new Map(missing.map((field) => [field.name, field.one_of ? words.form_one_of : words.form_required]));
}

/** A day that no calendar has: its value is empty, and only the browser knows that something was typed. */
function isUnreadable(control: unknown): boolean {
  return control instanceof HTMLInputElement && control.validity.badInput;
}

/** A required field that is empty, or the first of several that are all empty and of which one is needed. */
function isMissing(field: Field, form: Form, values: FormValues): boolean {
  if (!field.one_of) return field.required === true && !values[field.name];
  const group = form.fields.filter((other) => other.one_of === field.one_of);
  return group[0] === field && group.every((other) => !values[other.name]);
}
