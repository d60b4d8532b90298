import { expect, test } from "vitest";
import { editDistance, nearest } from "../../../kernel/src/calculus/text/distance.js";

test("edits: insert, delete, replace, swap", () => {
  expect(
    [
      ["kitten", "sitting"],
      ["tanh", "tahn"],
      ["", "ab"],
      ["x", "x"],
    ].map(([a, b]) => editDistance(a!, b!)),
  ).toEqual([3, 1, 2, 0]);
});

test("a guess is made for near names only", () => {
  const known = ["sigmoid", "sign", "softmax", "W1", "W", "log"];
  expect(["sigmod", "sigmoi", "w", "sofmax", "foo", "q", "W2"].map((name) => nearest(name, known))).toEqual([
    "sigmoid",
    "sigmoid",
    "W",
    "softmax",
    undefined,
    undefined,
    "W1",
  ]);
});
