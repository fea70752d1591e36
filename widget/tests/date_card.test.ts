import { expect, it } from "vitest";
import { daysInWords, daysOf, isDateCard, wordedCard } from "../src/app/date_card";
import { chatStrings } from "../src/strings";

const strings = chatStrings("en");
const field = (name: string, value: string | null = null) => ({ name, type: "date", value });
const card = { id: "dates", fields: [field("botox_date", "2026-11-12"), field("microneedling_date"), field("peel_date")] };

it("is told from the request form by its id", () => {
  expect([card, { fields: [] }].map(isDateCard)).toEqual([true, false]);
});

it("takes its words from the chat, those of a treatment that it does not know from the field", () => {
  const worded = wordedCard(card, strings);
  expect(worded.title).toBe("Check your dates");
  expect(worded.fields.map((each) => each.label)).toEqual(["Botox", "Microneedling", "Peel"]);
  expect(worded.fields[0]).toMatchObject({ type: "date", value: "2026-11-12" });
});

it.each([
  [{ botox_date: "2026-11-12", microneedling_date: "2026-11-24" }, "botox 2026-11-12, microneedling 2026-11-24"],
  [{ botox_date: "", microneedling_date: "2026-11-24" }, "microneedling 2026-11-24"],
  [{ botox_date: "", microneedling_date: "" }, "–"],
])("says its days as the server keeps them: %o", (values, words) => {
  expect(daysInWords(values)).toBe(words);
});

it("sends an empty day as null", () => {
  expect(daysOf({ botox_date: "", microneedling_date: "2026-11-24" })).toEqual({ botox_date: null, microneedling_date: "2026-11-24" });
});
