import { describe, expect, it } from "vitest";
import { themeColours } from "../src/app/theme";
import { type Rgb, contrast, inkOn, parseHex, readableOn, toHex } from "../src/shared/colour";

const COLOURS = ["#ffffff", "#000000", "#ffd400", "#7a7a7a", "#e83e8c", "#0b6b6f", "#00ff00", "#0000ff", "#757575"];

describe("a colour", () => {
  it.each([
    ["#0b6b6f", [11, 107, 111]],
    ["0b6b6f", [11, 107, 111]],
    ["#fff", [255, 255, 255]],
    [" #FFD400 ", [255, 212, 0]],
    ["#ff", null],
    ["teal", null],
    ["#12345g", null],
    ["", null],
  ])("is read from %j", (text, expected) => expect(parseHex(text)).toEqual(expected));

  it("is written as it is read", () => expect(toHex(parseHex("#0b6b6f")!)).toBe("#0b6b6f"));

  it("has the contrast that WCAG defines", () => {
    expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
  });

  it.each(COLOURS)("%s carries a text that can be read", (color) => {
    const colour = parseHex(color)!;
    expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(COLOURS)("%s can be read on light and dark once it is changed", (color) => {
    for (const surface of [[255, 255, 255], [22, 27, 31]] as Rgb[]) {
      expect(contrast(readableOn(surface, parseHex(color)!, 4.5), surface)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("stays as the clinic chose it where it can", () => {
    expect(themeColours("#0b6b6f")["--fill-light"]).toBe("#0b6b6f");
    expect(themeColours("nonsense")).toEqual(themeColours("#0b6b6f"));
  });
});
