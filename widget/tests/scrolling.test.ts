import { expect, it } from "vitest";
import { placeOf } from "../src/app/scrolling";

it.each([
  ["a short answer is shown with its question, at the end", [300, 350], 600, 400, 200],
  ["a question is left above where the answer fits without it", [300, 450], 900, 500, 400],
  ["of a long answer the beginning is shown", [300, 350], 1200, 400, 342],
  ["without an answer the end is shown", [], 900, 400, 500],
  ["what fits is not scrolled", [40, 90], 200, 400, 0],
])("%s", (_, starts, end, height, place) => {
  expect(placeOf(starts, end, height)).toBe(place);
});
