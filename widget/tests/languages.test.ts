/** The catalogues: each language says everything, with the same words filled in. */
import { describe, expect, it } from "vitest";
import { chatStrings, languages, launcherStrings, spoken } from "../src/strings";

type Words = { [name: string]: string | string[] | Words };

/** Every string with the way to it. */
function flat(words: Words, way = ""): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === "string" ? [[way + name, value] as [string, string]] : flat(value as Words, `${way}${name}.`),
  );
}

const fields = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const catalogue = (language: string) => flat({ chat: chatStrings(language), launcher: launcherStrings(language) } as unknown as Words);

describe.each(languages)("the words in %s", (language) => {
  const own = new Map(catalogue(language));

  it("lack nothing, and fill in the same", () => {
    for (const [way, text] of catalogue("en")) {
      expect(own.get(way)?.trim(), way).toBeTruthy();
      expect(fields(own.get(way)!), way).toEqual(fields(text));
    }
    expect(own.size).toBe(catalogue("en").length);
  });

  it("have a locale of their own", () => {
    expect(spoken(chatStrings(language).locale)).toBe(language);
  });
});

describe("the language that is spoken", () => {
  it.each([
    [["fr-CA"], "fr"],
    [["fr"], "fr"],
    [["de", "fr-FR"], "fr"],
    [["de"], "en"],
    [[""], "en"],
    [["en", "fr"], "en"],
  ])("for %j is %s", (wished, found) => {
    expect(spoken(...wished)).toBe(found);
  });
});
