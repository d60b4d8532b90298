import { nullTranslator } from "@jupyterlab/translation";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBlock } from "../../labextension/src/setup/block.js";
import { readNumber } from "../../labextension/src/setup/number.js";

const trans = nullTranslator.load("jupyterlab_nabla");
const TWO_BY_TWO = [
  [1, 2],
  [-3, 0.5],
];

describe("one number", () => {
  test.each([
    ["1/3", 1 / 3],
    ["-2 / 8", -0.25],
    ["−0.5", -0.5],
    ["+4", 4],
    [" .5 ", 0.5],
    ["1e-3", 0.001],
    ["-0", 0],
  ])("%s", (text, value) => {
    expect(readNumber(text, trans)).toEqual({ value });
  });

  test.each([
    ["", "there is no number"],
    ["abc", "“abc” is no number"],
    ["1/2/3", "“1/2/3” is no number"],
    ["nan", "nan is not a finite number"],
    ["-Infinity", "-Infinity is not a finite number"],
    ["1/0", "1/0 is not a finite number"],
    ["1e999", "1e999 is not a finite number"],
    ["0,5", "write 0,5 with a point"],
    ["0x10", "“0x10” is no number"],
    ["a".repeat(80), `“${"a".repeat(23)}…” is no number`],
  ])("%j is refused", (text, problem) => {
    expect(readNumber(text, trans)).toEqual({ problem });
  });

  test("every finite number is read as it is printed", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        expect(readNumber(String(value), trans)).toEqual({ value: value + 0 });
      }),
      { seed: 1 },
    );
  });
});

describe("a block of 2×2 from", () => {
  test.each([
    ["a spreadsheet", "1\t2\r\n-3\t0.5\r\n"],
    ["CSV", "1,2\n-3,0.5"],
    ["spaces", "  1  2\n -3 1/2"],
    ["JSON", "[[1, 2], [-3, 0.5]]"],
    ["JSON over lines", "[\n  [1, 2],\n  [-3, 0.5]\n]"],
    ["NumPy as printed", "[[ 1.   2. ]\n [-3.   0.5]]"],
    ["NumPy as code", "np.array([[1., 2.],\n          [-3., .5]], dtype=np.float32)"],
    ["NumPy's repr", "array([[ 1. ,  2. ],\n       [-3. ,  0.5]])"],
    ["PyTorch", "tensor([[ 1.0000,  2.0000],\n        [-3.0000,  0.5000]], dtype=torch.float64)"],
    ["MATLAB", "[1 2; -3 0.5]"],
    ["MATLAB with commas", "[1, 2; -3, 1 / 2];"],
  ])("%s", (_, text) => {
    expect(readBlock(text, trans)).toEqual({ rows: TWO_BY_TWO });
  });
});

test("a list is one row; a column of lines is a column", () => {
  expect(readBlock("[1, 2, 3]", trans)).toEqual({ rows: [[1, 2, 3]] });
  expect(readBlock("array([1., 2., 3.])", trans)).toEqual({ rows: [[1, 2, 3]] });
  expect(readBlock("1\n2\n3", trans)).toEqual({ rows: [[1], [2], [3]] });
});

test.each([
  ["", "There is nothing to paste."],
  ["  \n ", "There is nothing to paste."],
  ["1 2\n3 x", "Pasted row 2, column 2: “x” is no number."],
  ["1 2\n3", "Pasted row 2 has length 1, row 1 has length 2."],
  ["[[1, 2], [3]]", "Pasted row 2 has length 1, row 1 has length 2."],
  ["[[1, nan]]", "Pasted row 1, column 2: nan is not a finite number."],
  ["1\t\t3", "Pasted row 1, column 2: there is no number."],
  ["<script>alert(1)</script>", "Pasted row 1, column 1: “<script>alert(1)</scrip…” is no number."],
  ["1 ".repeat(60_000), "The pasted text is too long."],
])("%j is refused with its place", (text, problem) => {
  expect(readBlock(text, trans)).toEqual({ problem });
});

test("every matrix that a spreadsheet or JSON carries comes back exactly", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
    .chain(([rows, cols]) =>
      fc.array(fc.array(number, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }),
    );
  fc.assert(
    fc.property(matrix, (rows) => {
      expect(readBlock(rows.map((row) => row.join("\t")).join("\n"), trans)).toEqual({ rows });
      expect(readBlock(JSON.stringify(rows), trans)).toEqual({ rows });
    }),
    { seed: 1 },
  );
});
