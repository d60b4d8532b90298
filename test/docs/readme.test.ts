/** The README documents the contract of `nabla batch`: every field of a request and of an answer, and its example. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type Answer, answer } from "../../kernel/src/calculus/index.js";
import { FIELDS } from "../../kernel/src/calculus/request.js";

const README = readFileSync(path.join(import.meta.dirname, "../../README.md"), "utf8");
/** The names in the first column of the table with this head. */
const documented = (head: string): string[] => {
  const table = README.split(`| ${head} | |\n|---|---|\n`)[1]!.split("\n\n")[0]!;
  return table.split("\n").flatMap((line) => [...line.split("|")[1]!.matchAll(/`(\w+)`/g)].map((m) => m[1]!));
};

test("every field of a request stands in its table, and no other", () => {
  expect(documented("request").sort()).toEqual([...FIELDS].sort());
});

test("every field of an answer stands in its table, and no other", () => {
  const asked = {
    id: 1,
    expr: "log(|X|)",
    vars: { X: ["n", "n"] },
    wrt: ["X"],
    bindings: { X: [[2]] },
    dims: { n: 1, q: 3 },
  };
  expect(documented("answer").sort()).toEqual(Object.keys(answer(asked, () => 0)).sort());
});

test("the request shown is answered", () => {
  const [line] = README.split("\n").filter((l) => l.startsWith('{"id": 1,'));
  expect((answer(JSON.parse(line!), () => 0) as Answer).matrix).toBe("2*(W*x + b)*x'");
});
