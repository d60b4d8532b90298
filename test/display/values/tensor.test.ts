import { describe, expect, test } from "vitest";
import { valueBundle } from "../../../kernel/src/display/values/index.js";

const filled = (shape: number[], entry: (at: number) => unknown): unknown => {
  let at = 0;
  const list = ([size, ...rest]: number[]): unknown =>
    size === undefined ? entry(at++) : Array.from({ length: size }, () => list(rest));
  return list(shape);
};
const text = (value: unknown): string => String(valueBundle(value as object)?.["text/plain"]);
const isTold = (value: unknown): boolean => valueBundle(value as object) !== undefined;

describe("numbers in lists three and more deep", () => {
  test("are matrices under their shape and indices", () => {
    expect(text(filled([2, 2, 3], (at) => at))).toBe(
      ["2×2×3", "[0]", "0  1  2", "3  4  5", "[1]", "6   7   8", "9  10  11"].join("\n"),
    );
    expect(text([[[new Float32Array([1, 0.5])], [new Float32Array([2, 3])]]])).toBe(
      ["1×2×1×2", "[0][0]", "1  0.5", "[0][1]", "2  3"].join("\n"),
    );
  });

  test("are the same as HTML, side by side", () => {
    const html = String(valueBundle(filled([2, 1, 2], (at) => at) as object)?.["text/html"]);
    expect(html).toContain("2×1×2");
    expect(html.match(/<table/g)).toHaveLength(2);
    expect(html).toContain(">[1]</caption>");
  });

  test("are folded above 8 matrices of 10 rows and 12 columns, with a count", () => {
    const lines = text(filled([3, 4, 11, 14], () => 1)).split("\n");
    expect(lines).toHaveLength(1 + 8 * (1 + 10 + 1) + 1);
    expect([lines[0], lines[1], lines[12], lines.at(-1)]).toEqual([
      "3×4×11×14",
      "[0][0]",
      "… 1 more row, 2 more columns",
      "… 4 more matrices",
    ]);
    expect(lines[1 + 7 * 12]).toBe("[1][3]");
    expect(
      text(filled([9, 1, 1], () => 1))
        .split("\n")
        .at(-1),
    ).toBe("… 1 more matrix");
  });

  test("are left to an inspector when they are ragged, empty, too many, or no numbers", () => {
    expect(isTold([[[1, 2]], [[1]]])).toBe(false);
    expect(
      isTold([
        [[1, 2]],
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ).toBe(false);
    expect(isTold([[[1, 2]], [1, 2]])).toBe(false);
    expect(isTold([[[]], [[]]])).toBe(false);
    expect(isTold([[["a", "b"]]])).toBe(false);
    expect(isTold(filled([101, 1000, 1], () => 1))).toBe(false);
    const ring: unknown[] = [];
    ring.push(ring);
    expect(isTold(ring)).toBe(false);
  });
});
