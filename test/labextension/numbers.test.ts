import { nullTranslator } from "@jupyterlab/translation";
import { traceNetwork } from "nabla";
import { expect, test } from "vitest";
import { copied, pasted, typed } from "../../labextension/src/setup/numbers.js";

const trans = nullTranslator.load("jupyterlab_nabla");
const demo = traceNetwork();
const X = [
  [1, 2],
  [-1, 0.5],
  [0.5, -1.5],
];
const Y = [
  [0, 1],
  [1, 0],
  [0, 1],
];

test("an entry typed in changes its matrix alone", () => {
  expect(typed(demo, "x", [1, 0], "3", trans)).toEqual({ change: { x: [1, 3] } });
  expect(typed(demo, "b1", [2, 0], "1/4", trans)).toEqual({ change: { b1: [0.1, -0.2, 0.25] } });
  expect(typed(demo, "W2", [1, 2], "−2", trans)).toEqual({
    change: {
      W2: [
        [1, -0.5, 0.75],
        [-0.25, 1.25, -2],
      ],
    },
  });
});

test("a letter is a sentence with its place", () => {
  expect(typed(demo, "W1", [1, 0], "abc", trans)).toEqual({ problem: "W1, row 2, column 1: “abc” is no number." });
});

test("samples have one row each in the change, whatever the convention of storage", () => {
  const want = { change: { X: [[1, 2], [-1, 9], [0.5, -1.5]] } }; // biome-ignore format: a matrix
  expect(typed(traceNetwork({ X, Y }), "x", [1, 1], "9", trans)).toEqual(want);
  expect(typed(traceNetwork({ X, Y, conventions: { samples: "columns" } }), "x", [1, 1], "9", trans)).toEqual(want);
});

test("a class is chosen with one number, in a row or in a column", () => {
  expect(typed(demo, "y", [0, 0], "1", trans)).toEqual({ change: { y: [1, 0] } });
  expect(typed(demo, "y", [0, 0], "0.25", trans)).toEqual({ change: { y: [0.25, 0.75] } });
  const rows = typed(traceNetwork({ X, Y }), "y", [0, 0], "1", trans);
  expect(rows).toEqual({ change: { Y: [[1, 0], ...Y.slice(1)] } });
  const columns = typed(traceNetwork({ X, Y, conventions: { samples: "columns" } }), "y", [0, 0], "1", trans);
  expect(columns).toEqual(rows);
});

test("the target of a squared error is any number", () => {
  expect(typed(traceNetwork({ loss: "mse" }), "y", [0, 0], "1", trans)).toEqual({ change: { y: [1, 1] } });
});

test("a block is put where it is pasted, a whole matrix anywhere", () => {
  const whole = "[[1, 2], [3, 4], [5, 6]]";
  expect(pasted(demo, "W1", [2, 1], whole, trans)).toEqual({ change: { W1: JSON.parse(whole) } });
  expect(pasted(demo, "W1", [1, 1], "7\n8", trans)).toEqual({
    change: {
      W1: [
        [0.5, -1],
        [1.5, 7],
        [-0.75, 8],
      ],
    },
  });
  expect(pasted(demo, "b1", [0, 0], "[4 5 6]", trans)).toEqual({ change: { b1: [4, 5, 6] } });
});

test("a block that does not fit is a sentence with its place", () => {
  expect(pasted(demo, "W1", [1, 1], "1 2\n3 4", trans)).toEqual({
    problem: "W1: 2×2 numbers were pasted at row 2, column 2, where 2×1 fit.",
  });
});

test("what is copied can be pasted", () => {
  const text = copied(demo, "W1");
  expect(text).toBe("0.5\t-1\n1.5\t0.25\n-0.75\t1");
  expect(pasted(demo, "W1", [0, 0], text, trans)).toEqual({
    change: {
      W1: [
        [0.5, -1],
        [1.5, 0.25],
        [-0.75, 1],
      ],
    },
  });
});
