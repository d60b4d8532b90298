/** dX ↦ dF in the grammar of the input, with dX for the differential; each is proved in random directions. */
import { describe, expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { proveMap } from "../../../kernel/src/calculus/derive/linearMap.js";
import { partsOf, SEEDS } from "../../../kernel/src/calculus/derive/prove.js";
import { type Answer, answer } from "../../../kernel/src/calculus/index.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { latex } from "../../../kernel/src/calculus/print/latex.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { sites } from "../../../kernel/src/calculus/verify/checkStep.js";

const mapOf = (source: string, wrt: string, declared: string) => {
  const scope = declare(declared);
  const variables = wrt.split(" ").map((name) => scope.symbols.get(name)!);
  return derive(parse(source, scope).expr, variables, { steps: false }).map!;
};

describe("the map of", () => {
  test.each([
    ["inv(X)", "X", "X: n×n", "-inv(X)*dX*inv(X)"],
    ["A*X*B", "X", "A: m×n, X: n×p, B: p×q", "A*dX*B"],
    ["X'*X", "X", "X: m×n", "dX'*X + X'*dX"],
    ["tanh(A*X*B)", "X", "A: m×n, X: n×p, B: p×q", "(1 - tanh(A*X*B).^2).*(A*dX*B)"],
    ["tr(X)*A", "X", "X: n×n, A: m×p", "tr(dX)*A"],
    ["diag(A)", "A", "A: n×n", "diag(dA)"],
    ["A*diag(x)*B", "x", "A: m×n, x: n, B: n×p", "A*diag(dx)*B"],
    ["X*b", "X", "X: m×n, b: n", "dX*b"],
    ['X/norm(X, "fro")', "X", "X: m×n", 'dX/norm(X, "fro") - tr(X\'*dX)*X/norm(X, "fro")^3'],
    ["tr(A*X)", "X", "A: m×n, X: n×m", "tr(A*dX)"],
    ["a'*x", "x", "a: n, x: n", "a'*dx"],
    ["A*x", "x", "A: m×n, x: n", "A*dx"],
    ["r*A'", "r", "r: 1×n, A: m×n", "dr*A'"],
    ["s*A", "s", "A: m×n, s", "ds*A"],
    ["tr(X'*A*X)", "X X", "A: n×n, X: n×m", "(A + A')*dX"],
    ["logdet(X)", "X X", "X: n×n", "-inv(X)'*dX'*inv(X)'"],
    ["L(W*x)", "W W", "W: m×n, x: n, L: scalar of m", "hess_L(W*x)*dW*x*x'"],
    ["x'*A*x", "x x", "A: n×n, x: n", "(A + A')*dx"],
    ["r*A*r'", "r r", "A: n×n, r: 1×n", "dr*(A + A')"],
  ])("%s by %s (%s) is %s", (source, wrt, declared, want) => {
    expect(text(mapOf(source, wrt, declared))).toBe(want);
  });

  test("a symmetric X: facts are used on the last differential, and never for dX", () => {
    expect(text(mapOf("logdet(X)", "X X", "X: n×n spd"))).toBe("-inv(X)*dX'*inv(X)");
  });

  test("is printed as LaTeX too", () => {
    expect(latex(mapOf("inv(X)", "X", "X: n×n"))).toBe("-\\mathbf X^{-1} (d\\mathbf X) \\mathbf X^{-1}");
  });
});

test("the answer of the command line has it, unless a declared name could be taken for dX", () => {
  const vars = { X: ["n", "n"] };
  expect((answer({ expr: "inv(X)", vars, wrt: ["X"] }, () => 0) as Answer).map).toBe("-inv(X)*dX*inv(X)");
  const clash = answer({ expr: "inv(X)", vars: { ...vars, dX: ["n"] }, wrt: ["X"] }, () => 0);
  expect(clash).toMatchObject({ ok: true });
  expect(clash).not.toHaveProperty("map");
});

test("a map that is not the derivative is refused", () => {
  const scope = declare("X: n×n");
  const { result, map } = derive(parse("inv(X)", scope).expr, [scope.symbols.get("X")!], { steps: false });
  const at = sites([...partsOf(result), map!], result.wrt, SEEDS);
  expect(proveMap(map!, result, at)).toBeLessThan(1e-12);
  for (const wrong of [b.neg(map!), b.times(b.number(1.00001), map!), b.transpose(map!)])
    expect(() => proveMap(wrong, result, at)).toThrow("the linear map failed its numeric check and is not shown");
});
