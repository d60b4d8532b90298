/** What is too large is said with its size and the limit; what grows by sharing is not too large. */
import { expect, test } from "vitest";
import { type Answer, answer, type Failure, type Request } from "../../kernel/src/calculus/index.js";

const count = (k: number): number[] => Array.from({ length: k }, (_, i) => i + 1);
const declared = (k: number, name: string, shape: readonly string[]) =>
  Object.fromEntries(count(k).map((i) => [`${name}${i}`, shape]));
const layers = (k: number): string => count(k).reduce((inner, i) => (i === 1 ? "W1*x" : `W${i}*tanh(${inner})`), "");
const deep = (k: number, wrt: readonly string[]): Request => ({
  expr: `norm(${layers(k)} - t)^2`,
  vars: { ...declared(k, "W", ["n", "n"]), x: ["n"], t: ["n"] },
  wrt,
});

/** A clock on which every look takes a second. */
function slowClock(): () => number {
  let ms = 0;
  return () => {
    ms += 1000;
    return ms;
  };
}
const stopped = (): number => 0;
const asked = (request: Request, now = stopped): Answer | Failure => answer(request, now);

test("the time limit of a request ends it with what it was given", () => {
  expect(asked({ ...deep(40, ["W1"]), timeLimit: 3 }, slowClock())).toMatchObject({
    ok: false,
    error: {
      code: "unsupported",
      message: "not finished after 3 s: the work is larger than the time limit",
      got: "more than 3 s",
      want: "at most 3 s",
      hint: "try a shorter expression, or a larger timeLimit (seconds)",
    },
  });
});

test("the request after one that was stopped has its own time", () => {
  asked({ ...deep(40, ["W1"]), timeLimit: 1 }, slowClock());
  expect(asked({ expr: "x'*x", vars: { x: ["n"] }, wrt: ["x"] })).toMatchObject({ ok: true, matrix: "2*x" });
});

test.each([0, -1, "5"])("a time limit of %j is refused", (timeLimit) => {
  const request = { expr: "x'*x", vars: { x: ["n"] }, wrt: ["x"], timeLimit } as unknown as Request;
  expect(asked(request)).toMatchObject({
    error: {
      code: "bad_argument",
      message: "request: timeLimit is not a number of seconds",
      want: "a number greater than 0",
    },
  });
});

test("a tower of Kronecker products says how large its values are", () => {
  const expr = `tr(${count(16).reduce((inner, i) => `kron(A${i}, ${inner})`, "X")})`;
  const { error } = asked({ expr, vars: { ...declared(16, "A", ["n", "n"]), X: ["n", "n"] }, wrt: ["X"] }) as Failure;
  expect(error).toEqual({
    code: "unsupported",
    message: "kron: a value of 2048×2048 has too many entries to be computed",
    got: "4194304 entries",
    want: "at most 4000000 entries",
    hint: "smaller dimensions, or fewer factors",
  });
});

test("a sum of 400 terms is simplified", () => {
  const expr = count(400)
    .map((i) => `a${i}*x'*A*b${i}`)
    .join(" + ");
  const vars = { ...declared(400, "a", []), ...declared(400, "b", ["n"]), A: ["n", "n"], x: ["n"] };
  expect(asked({ expr, vars, wrt: ["x"] })).toMatchObject({ ok: true, shape: ["n"] });
});

test("a sum of 200 quadratic forms is one factor of x", () => {
  const expr = count(200)
    .map((i) => `x'*A${i}*x`)
    .join(" + ");
  const { matrix } = asked({ expr, vars: { ...declared(200, "A", ["n", "n"]), x: ["n"] }, wrt: ["x"] }) as Answer;
  const [, sum] = /^\(([^()]*)\)\*x$/.exec(matrix!)!;
  expect(sum!.split(" + ").sort()).toEqual(
    count(200)
      .flatMap((i) => [`A${i}`, `A${i}'`])
      .sort(),
  );
});

test("functions of functions of one column have as many index terms as their matrix has", () => {
  const expr = `sum(${count(12).reduce((inner) => `tanh(${inner})`, "x")})`;
  const { index, matrix } = asked({ expr, vars: { x: ["n"] }, wrt: ["x"] }) as Answer;
  expect(matrix).not.toBeNull();
  expect(index.terms.length).toBeLessThan(10);
});

test("the Hessian of two layers is shown in names that the page explains", () => {
  const W1 = [
    [0.3, -0.2],
    [0.5, 0.1],
  ];
  const W2 = [
    [-0.4, 0.7],
    [0.2, 0.6],
  ];
  const made = asked({ ...deep(2, ["x", "x"]), dims: { n: 2 }, bindings: { W1, W2, x: [0.2, -0.3], t: [0.1, 0.4] } });
  expect(made).toMatchObject({ ok: true, order: 2 });
  const { data } = (made as Answer).tensor!;
  expect(data[1]).toBeCloseTo(data[2]!, 12);
});
