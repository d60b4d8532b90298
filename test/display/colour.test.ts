import fc from "fast-check";
import { expect, test } from "vitest";
import { cellColour, colourLimit, contrast, EMPTY, HATCH, hex, textColour } from "../../kernel/src/display/colour.js";

test("zero is the neutral grey and the scale is symmetric around it", () => {
  expect(hex(cellColour(0, 3))).toBe("#f7f7f7");
  expect(hex(cellColour(3, 3))).toBe("#2d004b");
  expect(hex(cellColour(-3, 3))).toBe("#7f3b08");
  expect(hex(cellColour(0, 0))).toBe("#f7f7f7");
  expect(cellColour(9, 3)).toEqual(cellColour(3, 3));
  expect(colourLimit([1, -4, Number.NaN, Number.POSITIVE_INFINITY])).toBe(4);
});
test("the text of every cell has a contrast of 4.5 or more", () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (share) => {
      const background = cellColour(share, 1);
      expect(contrast(background, textColour(background))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
test("empty and hatched cells are readable too", () => {
  expect(contrast(EMPTY.background, EMPTY.text)).toBeGreaterThan(4.5);
  for (const stripe of [HATCH.light, HATCH.dark]) expect(contrast(stripe, [0, 0, 0])).toBeGreaterThan(4.5);
});
