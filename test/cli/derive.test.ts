/** `nabla derive`: where its words may stand, and what its page says. */
import { expect, test, vi } from "vitest";
import { deriveCommand } from "../../kernel/src/cli/derive.js";

function printed(...args: string[]): { status: number; out: string; err: string } {
  const out = vi.spyOn(console, "log").mockImplementation(() => {});
  const err = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const status = deriveCommand(args);
    const all = (calls: unknown[][]): string => calls.map(([line]) => String(line)).join("\n");
    return { status, out: all(out.mock.calls), err: all(err.mock.calls) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const VARS = ["--vars", "x: n, A: n×n"];

test("the expression may stand before, between or after the options", () => {
  const pages = [
    printed("x'*A*x", ...VARS, "--wrt", "x"),
    printed(...VARS, "x'*A*x", "--wrt", "x"),
    printed("--wrt=x", ...VARS, "x'*A*x"),
  ];
  expect(pages[0]!.out).toContain("result (denominator): (A + A')*x   n×1");
  expect(pages[1]).toEqual(pages[0]);
  expect(pages[2]).toEqual(pages[0]);
});

test("an expression may start with a minus", () => {
  expect(printed("-x'*x", ...VARS, "--wrt", "x").out).toContain("result (denominator): -2*x   n×1");
});

test("LaTeX stands after --tex", () => {
  expect(printed("--tex", "\\mathbf x^\\top\\mathbf x", ...VARS, "--wrt", "x").out).toContain(
    "result (denominator): 2*x   n×1",
  );
});

test("without an expression the command says what it expects", () => {
  expect(printed(...VARS, "--wrt", "x")).toEqual({
    status: 2,
    out: "",
    err: 'nabla derive: expected an expression and --wrt, as in: nabla derive "x\'*x" --vars "x: n" --wrt x',
  });
});

test("the second part of a Hessian's page starts with the differential of the gradient", () => {
  const lines = printed("sum(exp(x))", ...VARS, "--wrt", "x,x")
    .out.split("\n")
    .map((line) => line.split("   [")[0]!.trim());
  expect(lines).toContain("d(∇f) = exp(x).*dx");
});

test("--format json knows rows, sizes that are numbers, facts and functions, as the page does", () => {
  const asked = (vars: string, expr: string, wrt: string, ...more: string[]) =>
    JSON.parse(printed(expr, "--vars", vars, "--wrt", wrt, "--format", "json", ...more).out);
  expect(asked("r: 1×n, x: n", "r*x", "x")).toMatchObject({ ok: true, matrix: "r'" });
  expect(asked("r: 1×n, x: n", "r*x", "r", "--layout", "numerator")).toMatchObject({ shape: ["n"], matrix: "x" });
  expect(asked("A: 2×3, s: scalar", "s*sum(A)", "A")).toMatchObject({ shape: ["2", "3"] });
  expect(asked("A: n×n symmetric, x: n", "x'*A*x", "x")).toMatchObject({ matrix: "2*A*x" });
  expect(asked("x: n, W: m×n, L: scalar of m, σ: elementwise", "L(σ(W x))", "x")).toMatchObject({
    matrix: "W'*(grad_L(sigma(W*x)).*D_sigma(W*x))",
  });
});

test("what a declaration ignores is said, once", () => {
  const note = 'note: unknown fact "symetric" about A is ignored: did you mean symmetric?';
  for (const format of ["text", "json"])
    expect(printed("tr(A*A)", "--vars", "A: n×n symetric", "--wrt", "A", "--format", format).err).toBe(note);
  expect(printed("--tex", "\\operatorname{tr}(A A)", "--vars", "A: n×n symetric", "--wrt", "A").err).toBe(note);
});
