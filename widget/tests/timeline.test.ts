import { describe, expect, it } from "vitest";
import { pictureOf } from "../src/app/timeline";
import type { Timing } from "../src/app/types";
import { chatStrings } from "../src/strings";

const NOTHING: Timing = {
  first: null,
  verdict: null,
  days: null,
  botox_date: null,
  microneedling_date: null,
  earliest: null,
  minimum_days: null,
};
const timing = (some: Partial<Timing>): Timing => ({ ...NOTHING, minimum_days: 14, first: "botox", ...some });
const picture = (some: Partial<Timing>) => pictureOf(timing(some), chatStrings("en"));

describe("the picture of a timing answer", () => {
  it.each([
    ["without a timing", null],
    ["without a minimum", timing({ minimum_days: null })],
    ["for the order that has no interval", timing({ first: "microneedling", verdict: "no_interval" })],
    ["for a direction that has no interval", timing({ first: "microneedling" })],
    ["while a date is asked for", timing({ verdict: "ask_date" })],
    ["for days that run backwards", timing({ verdict: "too_soon", days: -3 })],
  ])("is not drawn %s", (_, given) => expect(pictureOf(given, chatStrings("en"))).toBeNull());

  it("shows the rule alone where no dates are in play", () => {
    const drawn = picture({})!;
    expect(drawn.marks.map((mark) => mark.lines)).toEqual([["Botox"], ["Microneedling"]]);
    expect(drawn.alternative).toBe("Timeline. Botox first. Then the article's minimum: at least 14 days. Then microneedling.");
  });

  it("shows the earliest day after a known Botox date", () => {
    const drawn = picture({ botox_date: "2026-12-09", earliest: "2026-12-23" })!;
    expect(drawn.marks.map((mark) => mark.lines)).toEqual([
      ["Botox", "Wed 9 Dec"],
      ["Earliest", "Wed 23 Dec"],
    ]);
  });

  it("puts a plan that is too soon before the minimum, at its place", () => {
    const plan = { botox_date: "2026-11-12", microneedling_date: "2026-11-22", earliest: "2026-11-26" };
    const drawn = picture({ ...plan, verdict: "too_soon", days: 7 })!;
    expect(drawn.marks[2]).toEqual({ at: 0.47, kind: "plan", side: "above", tooSoon: true, lines: ["Microneedling", "Sun 22 Nov: too soon"] });
  });

  it.each([
    [0, 0, false],
    [14, 0.94, false],
    [15, 1, false],
    [28, 1, false],
    [120, 1, true],
  ])("puts a plan after %d days at %d of the line", (days, at, isCut) => {
    const drawn = picture({ verdict: days < 14 ? "too_soon" : "past_minimum", days })!;
    expect(drawn.marks[2]!.at).toBe(at);
    expect(drawn.isCut).toBe(isCut);
    expect(drawn.minimumAt).toBeGreaterThanOrEqual(0.5);
  });

  it("counts to today where nothing is planned", () => {
    const drawn = picture({ botox_date: "2026-10-01", earliest: "2026-10-15", verdict: "past_minimum", days: 52 })!;
    expect(drawn.marks[2]!.lines).toEqual(["Today", "Day 52"]);
    expect(drawn.alternative).toContain("Today is 52 days after Botox: past the article's minimum.");
  });

  it("says a gap without dates in days", () => {
    const drawn = picture({ verdict: "too_soon", days: 10 })!;
    expect(drawn.marks.map((mark) => mark.lines)).toEqual([["Botox"], ["Day 14"], ["Microneedling", "Day 10: too soon"]]);
    expect(drawn.alternative).toContain("Microneedling planned 10 days after Botox: sooner than the article's minimum.");
  });
});
