import { describe, expect, it } from "vitest";
import { sayDay } from "../src/app/days";
import { type Piece, piecesOf, plainText } from "../src/app/rich_text";
import { withoutTokens } from "../src/app/tokens";
import { transcriptOf } from "../src/app/transcript";
import { fill } from "../src/shared/fill";
import { chatStrings, launcherStrings, spoken } from "../src/strings";

const links = (text: string) => piecesOf(text).flatMap((piece: Piece) => (piece.kind === "link" ? [[piece.text, piece.href]] : []));

describe("the bot's text", () => {
  it.each([
    ["Call 403-555-0100.", [["403-555-0100", "tel:+14035550100"]]],
    ["Call (403) 555-0100 now", [["(403) 555-0100", "tel:+14035550100"]]],
    ["+1 403-555-0100", [["+1 403-555-0100", "tel:+14035550100"]]],
    ["call 911, 811 or 9-8-8.", [["911", "tel:911"], ["811", "tel:811"], ["9-8-8", "tel:988"]]],
    ["Write to hello@clinic.example.", [["hello@clinic.example", "mailto:hello@clinic.example"]]],
    ["See https://clinic.example/book.", [["https://clinic.example/book", "https://clinic.example/book"]]],
    ["javascript:alert(1) 2026-11-22 19115", []],
  ])("links what can be called, written to or visited in %j", (text, expected) => expect(links(text)).toEqual(expected));

  it("emphasises what stands between two stars, numbers to call included", () => {
    expect(piecesOf("Please **call 911** now")).toEqual([
      { kind: "text", text: "Please " },
      { kind: "strong", pieces: [{ kind: "text", text: "call " }, { kind: "link", text: "911", href: "tel:911" }] },
      { kind: "text", text: " now" },
    ]);
    expect(plainText("Please **call 911** now")).toBe("Please call 911 now");
  });

  it("leaves markup and lonely stars alone", () => {
    expect(piecesOf("<b>2 ** 3</b>")).toEqual([{ kind: "text", text: "<b>2 ** 3</b>" }]);
  });
});

describe("what is kept under seal", () => {
  it.each([
    ["call [phone-1] or [email-2]", "call (your phone number) or (your e-mail)"],
    ["[name] [time] [note]", "(your name) (your time) (your note)"],
    ["[…]", "(not shown)"],
    ["a [word] and [phone", "a [word] and [phone"],
  ])("is shown in words: %j", (text, shown) => expect(withoutTokens(text, chatStrings("en"))).toBe(shown));
});

describe("words", () => {
  it("fills in what it knows", () => expect(fill("{a} and {b}", { a: 1 })).toBe("1 and {b}"));
  it("says days as the bot does", () => expect(sayDay("2026-11-20", "en-CA")).toBe("Fri 20 Nov"));
  it("falls back to English", () => {
    expect(chatStrings("xx")).toBe(chatStrings("en-CA"));
    expect(launcherStrings("xx-YY")).toBe(launcherStrings("en"));
    expect([spoken("en-CA"), spoken("xx")]).toEqual(["en", "en"]);
  });
});

it("the conversation is kept as a text with its sources", () => {
  const at = "2026-11-22T12:00:00Z";
  const message = { from: "bot" as const, at, text: "**Botox** first.", buttons: [] };
  const source = { id: "s", heading: "Order", quote: "Botox first." };
  const text = transcriptOf(
    [
      { kind: "user", key: "1", at, text: "which first?", failed: false },
      { kind: "bot", key: "1/0", at, message, language: "en", urgent: false, timing: null, sources: [source], buttons: [], rates: null, feedback: null },
      { kind: "note", key: "n", at, note: "expired" },
    ],
    chatStrings("en"),
    "Demo Clinic",
    new Date(2026, 10, 22),
  );
  expect(text.replace(/\(.*?\)/g, "()").split("\n")).toEqual([
    "Chat with Demo Clinic, 2026-11-22",
    "General information from an automated assistant, not medical advice.",
    "",
    "You (): which first?",
    "",
    "Assistant (): Botox first.",
    "  Source: Order: “Botox first.”",
    "",
    "The earlier chat was over, so a new one has started.",
    "",
    "",
  ]);
});
