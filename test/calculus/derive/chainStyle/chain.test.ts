/** What the chain style promises beyond the golden pages: facts, several uses, names, the user's own intermediates. */
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { ChainLine } from "../../../../kernel/src/calculus/core/chainLine.js";
import { type Dense, dense } from "../../../../kernel/src/calculus/core/dense.js";
import { NablaError } from "../../../../kernel/src/calculus/core/errors.js";
import { nameOf } from "../../../../kernel/src/calculus/ops/leaves.js";
import { chainPageLine } from "../../../../kernel/src/calculus/print/chainPage.js";
import { text } from "../../../../kernel/src/calculus/print/text.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { chainOf, chips, LAYOUTS, lineValue, notes, texts, tidy } from "./chainHelpers.js";

const NETWORK = "W1: h×n, b1: h, W2: k×h, b2: k, x: n";
const CROSS_ENTROPY = "-t' log(softmax(W2 sigmoid(W1 x + b1) + b2))";

describe("softmax and cross-entropy", () => {
  test("a declared distribution gives p − t with its condition, and the other lines stay", () => {
    const page = chainOf(CROSS_ENTROPY, `${NETWORK}, t: k simplex`, "W1");
    expect(texts(page).slice(1)).toEqual([
      "g_y = sum(t)*p - t = p - t",
      "g_a = W2'*g_y",
      "g_h = diag(D_sigmoid(h))*g_a = D_sigmoid(h).*g_a",
      "df/dW1 = g_h*x'",
    ]);
    expect(page.steps[1]!.conditions).toEqual(["1't = 1, since t is a distribution"]);
    expect(page.conditions).toEqual(["1't = 1, since t is a distribution"]);
    expect(notes(page)[1]).toBe(
      tidy(
        "\\text{since }\\mathbf 1^\\top\\mathbf t=1(\\mathbf t\\text{ is a distribution}),\\mathbf p=\\operatorname{softmax}(\\mathbf y)",
      ),
    );
  });

  test("a generic t keeps (1't)p − t and no condition", () => {
    const page = chainOf(CROSS_ENTROPY, `${NETWORK}, t: k`, "W1");
    expect(texts(page)[1]).toBe("g_y = sum(t)*p - t");
    expect(page.conditions).toEqual([]);
  });

  test("named p: the two Jacobians cancel to p − t", () => {
    const page = chainOf("z = W x; p = softmax(z); L = -t' log(p)", "W: k×n, x: n, t: k simplex", "W");
    expect(texts(page)[0]).toBe("z = W*x; p = softmax(z); L = -(t'*log(p)); g_p := dL/dp");
    expect(texts(page)[2]).toMatch(/^g_z = .*= sum\(t\)\*p - t = p - t$/);
    expect(page.steps[2]!.conditions).toEqual(["1't = 1, since t is a distribution"]);
    expect(texts(page)[3]).toBe("dL/dW = g_z*x'");
  });

  test("the numbers of the demo network", () => {
    const page = chainOf(CROSS_ENTROPY, `${NETWORK}, t: k simplex`, "W1");
    const values: Record<string, Dense> = {
      W1: dense(3, 2, [0.5, -1, 1.5, 0.25, -0.75, 1]),
      b1: dense(3, 1, [0.1, -0.2, 0.3]),
      W2: dense(2, 3, [1, -0.5, 0.75, -0.25, 1.25, 0.5]),
      b2: dense(2, 1, [0.05, -0.05]),
      x: dense(2, 1, [1, 2]),
      t: dense(2, 1, [0, 1]),
    };
    const point = { sizes: { n: 2, h: 3, k: 2 }, values };
    for (const { symbol, value } of page.names) values[nameOf(symbol)] = evaluate(value, point);
    for (const { body } of page.steps.slice(1, -1)) {
      const { left, right } = body as ChainLine;
      if (left?.kind === "upstream") values[nameOf(left.symbol)] = lineValue(right[right.length - 1]!, point);
    }
    const expected: Readonly<Record<string, readonly number[]>> = {
      h: [-1.4, 1.8, 1.55],
      a: [0.197816, 0.858149, 0.824914],
      p: [0.279234, 0.720766],
      g_y: [0.279234, -0.279234],
      g_a: [0.349043, -0.48866, 0.069809],
      g_h: [0.055388, -0.059484, 0.010083],
    };
    for (const [name, numbers] of Object.entries(expected))
      expect(Array.from(values[name]!.data, rounded), name).toEqual(numbers);
    const gradient = [0.055388, 0.110776, -0.059484, -0.118969, 0.010083, 0.020165];
    const last = page.steps[page.steps.length - 1]!.body as ChainLine;
    expect(Array.from(lineValue(last.right[0]!, point).data, rounded)).toEqual(gradient);
    expect(Array.from(evaluate(page.result, point).data, rounded)).toEqual(gradient);
  });
});

/** The golden page prints six decimals. */
const rounded = (x: number): number => Math.round(x * 1e6) / 1e6;

describe("several uses", () => {
  test("x'Ax: x is used twice, the parts are added", () => {
    const page = chainOf("x' A x", "A: n×n, x: n", "x");
    expect(texts(page)).toEqual(["c = A*x; f = x'*c; g_c := df/dc", "g_c = x", "df/dx = A'*g_c + c"]);
    expect(chips(page)[2]).toBe("chain rule | used twice");
    expect(notes(page)[2]).toBe(tidy("\\mathbf x\\text{ is used twice: the parts are added}"));
  });

  test("a residual layer: a vector with a skip connection adds the products", () => {
    const page = chainOf("a = tanh(W x); y = x + a; B y", "W: n×n, B: k×n, x: n", "x");
    expect(texts(page)).toEqual([
      "a = tanh(W*x); y = x + a; f = B*y",
      "df/dy = B'",
      "df/da = df/dy",
      expect.stringMatching(/^df\/dx = .*df\/da \+ df\/dy$/),
    ]);
  });

  test("shared weights: W is used in two stages", () => {
    const page = chainOf("h = W x; y = W tanh(h); norm(y)^2", "W: n×n, x: n", "W");
    expect(texts(page)[3]).toBe("df/dW = g_h*x' + g_y*tanh(h)'");
    for (const s of page.steps) expect(s.check.maxRelError).toBeLessThan(1e-9);
  });
});

describe("names", () => {
  test("never one that is in use", () => {
    const page = chainOf("L(V σ(U c))", "σ: elementwise, L: scalar of k, U: h×n, V: k×h, c: n", "U");
    expect(texts(page)[0]).toBe("h = U*c; a = sigma(h); y = V*a; L = L(y); g_y := dL/dy");
    const taken = chainOf("norm(W c + f)^2", "W: m×n, c: n, f: m", "W");
    expect(texts(taken)[0]).toBe("u = W*c + f; F = u'*u");
  });

  test("deep networks are numbered by layer", () => {
    const page = chainOf("L(C tanh(B tanh(A x)))", "A: m×n, B: p×m, C: k×p, x: n, L: scalar of k", "A");
    expect(texts(page)[0]).toBe("h1 = A*x; a1 = tanh(h1); h2 = B*a1; a2 = tanh(h2); y = C*a2; L = L(y); g_y := dL/dy");
  });

  test("the user's names are kept, constants among them", () => {
    const page = chainOf("r = y - b; c = W x; q = c - r; norm(q)^2", "W: m×n, x: n, y: m, b: m", "x");
    expect(texts(page)[0]).toBe("r = y - b; c = W*x; q = c - r; f = q'*q; g_q := df/dq");
  });

  test("what is subtracted stays with the loss", () => {
    expect(texts(chainOf("norm(W x - t)^2", "W: m×n, x: n, t: m", "W"))[0]).toBe("c = W*x; f = norm(c - t)^2");
    expect(texts(chainOf("norm(t - W x)^2", "W: m×n, x: n, t: m", "W"))[0]).toBe("c = W*x; f = norm(t - c)^2");
  });
});

describe("pages and errors", () => {
  test.each(LAYOUTS)("every line is LaTeX that KaTeX renders, %s", (layout) => {
    const pages = [
      chainOf(CROSS_ENTROPY, `${NETWORK}, t: k simplex`, "W1", layout),
      chainOf("x' A x", "A: n×n, x: n", "x", layout),
      chainOf("log(x^2 + 1)", "x", "x", layout),
      chainOf("z = W x; p = softmax(z); -t' log(p)", "W: k×n, x: n, t: k simplex", "W", layout),
    ];
    for (const { steps } of pages)
      for (const step of steps) {
        const line = chainPageLine(step);
        for (const latex of [line.left, line.shapedLeft ?? "", ...line.right, ...(line.shaped ?? []), line.note])
          expect(() => katex.renderToString(latex, { throwOnError: true, strict: false }), latex).not.toThrow();
      }
  });

  test("a page line has its parts, shapes and chips", () => {
    const line = chainPageLine(chainOf("L(W x)", "L: scalar of m, W: m×n, x: n", "W").steps[2]!);
    expect(line.left).toBe("");
    expect(line.right).toEqual(["\\frac{\\partial \\mathcal L}{\\partial \\mathbf c}\\,\\mathbf x^\\top"]);
    expect(line.shaped![0]).toContain("\\underbrace{\\mathbf x^\\top}_{1\\times n}");
    expect(line.tags.map((t) => t.label)).toEqual(["HW3 Derivative with respect to a tensor, Wx = c"]);
  });

  test("a vector by a matrix has three axes: the error says what to do", () => {
    const failing = (): unknown => chainOf("tanh(W x)", "W: m×n, x: n", "W");
    expect(failing).toThrow(NablaError);
    expect(failing).toThrow("the chain style multiplies matrices; this derivative has 3 axes");
  });

  test.each(LAYOUTS)("rows, scalars and matrices on the way, %s", (layout) => {
    const vars = "A: n×n, B: n×n, x: n, y: n, s, W: m×n";
    for (const [f, wrt] of [
      ["x' A", "x"],
      ["exp(-norm(x)^2)", "x"],
      ["tr(A B A')", "A"],
      ["log(det(A*A'))", "A"],
      ["norm(s x + y)^2", "s"],
      ["tanh(s x)", "s"],
      ["sum(inv(A) x)", "A"],
      ["y' tanh(A tanh(B x))", "B"],
      ["s A", "s"],
      ["u = x' A; norm(u)^2", "x"],
      ['norm(W, "fro")^2 + norm(W x)^2', "W"],
      ["logsumexp(W x)", "W"],
      ["x .* (A x)", "x"],
    ] as const) {
      const page = chainOf(f, vars, wrt, layout);
      for (const step of page.steps) expect(step.check.maxRelError, f).toBeLessThan(1e-9);
      expect(text(page.result)).not.toBe("");
    }
  });
});
