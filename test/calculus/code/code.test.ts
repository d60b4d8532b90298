/** What exported programs look like: stable forms, shared parts once, names, errors. */
import { describe, expect, test } from "vitest";
import {
  type CodeOptions,
  code,
  type Declared,
  declare,
  derive,
  parseProgram,
} from "../../../kernel/src/calculus/index.js";
import { ascii } from "../../../kernel/src/calculus/print/code/names.js";
import { PROGRAMS } from "./programs.js";

const written = (expr: string, vars: Declared, wrt: string, target = "numpy", options: CodeOptions = {}): string => {
  const scope = declare(vars);
  const program = parseProgram(expr, scope);
  const lets = program.lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
  const symbols = wrt.split(", ").map((name) => scope.symbols.get(name)!);
  return code(
    derive(program.result, symbols, { lets, text: expr, outputName: program.resultName }),
    target as "numpy",
    options,
  );
};

describe("stable forms", () => {
  test.each([
    ["log(1 + exp(z)) is logaddexp", "sum(log(1 + exp(A*x)))", "np.logaddexp(0, ", "np.log("],
    ["exp(z)/(1 + exp(z)) is a sigmoid", "sum(log(1 + exp(A*x)))", "A.T @ sigmoid(", "np.exp(A"],
    [
      "a sum of exponentials inside a logarithm is logsumexp",
      "log(sum(exp(A*x)))",
      "return logsumexp(z)",
      "np.log(np.sum(np.exp(A",
    ],
    ["the logarithm of softmax is log_softmax", "sum(log(softmax(A*x)))", "np.sum(log_softmax(", "np.log(softmax"],
    ["an inverse beside a factor is a solve", "x'*inv(A*A' + eye(n))*x", "np.linalg.solve(", "linalg.inv"],
    [
      "the logarithm of a determinant is slogdet",
      "log(det(A*A' + eye(n))) + x'*x",
      "np.linalg.slogdet(",
      "np.linalg.det",
    ],
    ["a diagonal matrix scales, it is not formed", "sum(diag(x)*A*x)", "x @ (A @ x)", "np.diag"],
    ["vectors are multiplied first", "x'*A*A*A*x", "A @ (A @ x)", "A @ A"],
    ["the trace of a product forms no product", "tr(A*A') + x'*x", "np.sum(", "np.trace"],
  ])("%s", (_what, expr, present, absent) => {
    const text = written(expr, "A: n×n, x: n", "x");
    expect(text).toContain(present);
    expect(text).not.toContain(absent);
  });

  test.each([
    ["det(A)", "return A, 1"],
    ["inv(A)", "return 1 / A"],
    ["logdet(A)", "return np.log(np.abs(A)), 1 / A"],
    ["adj(A)", "return 1, 0"],
    ["tr(A)", "return A, 1"],
    ["norm(A)", "return np.abs(A)"],
    ["A^3", "return A**3, 3 * A**2"],
    ["kron(A, M)", "return A * M, M"],
  ])("%s of a matrix of one entry is a formula of a number", (expr, present) => {
    const text = written(expr, "A: 1×1, M: n×n", "A");
    expect(text).toContain(present);
    expect(text).not.toContain("linalg");
  });

  test("the logistic Hessian in JAX is X.T @ (s[:, None] * X) with a name for every shared part", () => {
    const text = written("sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N signs, w: n", "w, w", "jax");
    expect(text).toContain(`    z = -(y * (X @ w))
    s = jax.nn.sigmoid(z)
    v = s * jax.nn.sigmoid(-z)
    return jnp.sum(jnp.logaddexp(0, z)), -(X.T @ (y * s)), X.T @ (v[:, None] * X)`);
    expect(text).not.toContain("jnp.diag");
  });
});

describe("names", () => {
  test("reserved words, library names and Greek letters are told in the documentation", () => {
    const text = written("‖λ np + σ‖² + in' np", "λ: scalar, np: n, in: n, σ: n", "np");
    expect(text).toContain("def grad_f(lambda_, np_, sigma, in_):");
    expect(text).toContain("np_: shape (n,); called np in the expression.");
  });

  test("named intermediates of the user are names in the program, and the result names the function", () => {
    const text = written("h = W x; a = tanh(h); E = a' a", "W: m×n, x: n", "W");
    expect(text).toContain("def value_and_grad_E(W, x):");
    expect(text).toMatch(/ {4}h = W @ x\n {4}a = np.tanh\(h\)\n/);
  });

  test.each([
    ["ψ", "psi"],
    ["Σ", "Sigma"],
    ["é", "e"],
    ["Ж", "u416"],
    ["_x", "v_x"],
    ['x"\n', "xu22ua"],
  ])("%j is %s in a program", (name, want) => {
    expect(ascii(name)).toBe(want);
  });
});

test("abstract functions are arguments, each function takes those that it uses", () => {
  const text = written("L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1");
  expect(text).toMatch(/def f\(.*\*, L, sigma\):/);
  expect(text).toMatch(/def grad_f\(.*\*, D_sigma, grad_L, sigma\):/);
  expect(text).toContain("D_sigma: derivative 1 of sigma, entry by entry.");
});

test("a size that no argument tells is an argument", () => {
  expect(written("s*sum(ones(m))*sum(a)", { s: [], a: ["m*n"] }, "s")).toContain("def f(s, a, *, m):");
});

test("JAX batches the arguments that are asked for", () => {
  const text = written("‖W x + b‖²", "W: m×n, x: n, b: m", "W", "jax", { batch: ["x"] });
  expect(text).toContain("IN_AXES = (None, 0, None)");
});

describe("errors", () => {
  test.each([
    ["fortran", {}, "code: unknown target fortran", "numpy, jax, torch, julia, octave, matlab, typescript"],
    ["jax", { batch: ["q"] }, "code: batch names q, which is no argument", "x"],
    ["jax", { layout: "mixed" as "numerator" }, "code: unknown layout mixed", "denominator, numerator"],
  ])("%s %o: %s", (target, options, message, want) => {
    expect(() => written("x'*x", "x: n", "x", target, options)).toThrow(
      expect.objectContaining({ code: "bad_argument", message, want }),
    );
  });
});

test.each(["g1", "g2", "g3", "g4", "g5", "network-W1"])("%s in Julia is the golden text", async (id) => {
  const text = PROGRAMS.find((c) => c.id === id)!.write("julia");
  await expect(text).toMatchFileSnapshot(`golden/${id}.jl`);
});
