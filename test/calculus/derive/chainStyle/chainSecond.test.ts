/** Hessians in the chain style: the gradient's lines once, then JᵀHJ and the curvature of every stage. */
import { describe, expect, test } from "vitest";
import type { Derivation } from "../../../../kernel/src/calculus/core/derivation.js";
import type { Layout } from "../../../../kernel/src/calculus/core/step.js";
import { derive } from "../../../../kernel/src/calculus/derive/derive.js";
import { chainPageLine } from "../../../../kernel/src/calculus/print/chainPage.js";
import { plain } from "../../../../kernel/src/calculus/print/plain.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";

function hessian(text: string, vars: string, by: readonly string[], layout: Layout = "denominator"): Derivation {
  const scope = declare(vars);
  const wrt = by.map((name) => scope.symbols.get(name)!);
  return derive(parse(text, scope).expr, wrt, { style: "chain", layout });
}

const lines = (d: Derivation): string[] =>
  plain(d)
    .split("\n\n")[1]!
    .split("\n")
    .map((l) => l.replace(/\s{3,}\[.*$/, "").trim());

const NETWORK = "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n";

test("logistic regression: six lines, the gradient once", () =>
  expect(lines(hessian("sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N, w: n", ["w", "w"]))).toEqual([
    "z = -y.*(X*w); f = sum(log(1 + exp(z))); g_z := df/dz",
    "g_z = sigmoid(z)",
    "df/dw = (-X'*diag(y))*g_z = -X'*(y.*g_z)",
    "H_z = diag(sigmoid(z).*(1 - sigmoid(z)))",
    "d²f/dwdw = X'*diag(y)*H_z*diag(y)*X",
    "= X'*diag(y.^2.*sigmoid(z).*(1 - sigmoid(z)))*X",
  ]));

test("L(W₂σ(W₁x)) by x: affine stages have no curvature, σ adds diag(g∘σ″)", () => {
  const d = hessian("L(W2 σ(W1 x))", NETWORK, ["x", "x"]);
  expect(lines(d)).toEqual([
    "h = W1*x; a = sigma(h); y = W2*a; L = L(y); g_y := dL/dy",
    "g_a = W2'*g_y",
    "g_h = diag(D_sigma(h))*g_a = D_sigma(h).*g_a",
    "dL/dx = W1'*g_h",
    "H_y = hess_L(y)",
    "H_a = W2'*H_y*W2",
    "H_h = diag(D_sigma(h))*H_a*diag(D_sigma(h)) + diag(g_a.*D2_sigma(h))",
    "d²L/dxdx = W1'*H_h*W1",
    "= W1'*(diag((W2'*grad_L(y)).*D2_sigma(h)) + diag(D_sigma(h))*W2'*hess_L(y)*W2*diag(D_sigma(h)))*W1",
  ]);
  const printed = d.steps.slice(4).map((s) => chainPageLine(s));
  expect(printed[0]!.note).toBe("\\mathbf H_y:=\\partial^2 \\mathcal L/\\partial \\mathbf y^2");
  expect(printed[1]!.note).toBe("\\text{affine: no curvature of its own}");
  expect(printed[2]!.note).toContain("elementwise: a diagonal");
  expect(printed[3]!.left).toBe("\\nabla^2 \\mathcal L");
  expect(printed[3]!.shapedLeft).toBe("\\underbrace{\\nabla^2 \\mathcal L}_{n\\times n}");
});

test("in numerator layout upstream gradients are rows; Hessians are the same in both", () =>
  expect(lines(hessian("L(W2 σ(W1 x))", NETWORK, ["x", "x"], "numerator"))[6]).toBe(
    "H_h = diag(D_sigma(h))*H_a*diag(D_sigma(h)) + diag(g_a'.*D2_sigma(h))",
  ));

test("ridge regression: w is used twice and the parts are added", () =>
  expect(
    lines(hessian("norm(X w - y)^2/2 + s/2*norm(w)^2", "X: N×n, w: n, y: N, s: scalar", ["w", "w"])).slice(3),
  ).toEqual(["H_c = eye(N)", "d²f/dwdw = X'*H_c*X + s*eye(n)", "= X'*X + s*eye(n)"]));

test("softmax and cross-entropy: the fact about t is said where it is used", () => {
  const d = hessian("-t'*log(softmax(W*x + b))", "W: k×n, x: n, b: k, t: k simplex", ["x", "x"]);
  expect(lines(d).slice(3)).toEqual(["H_z = diag(p) - p*p'", "d²f/dxdx = W'*H_z*W", "= W'*(diag(p) - p*p')*W"]);
  expect(d.steps[3]!.chips).toEqual(["second derivative", "fact: 1't = 1"]);
});

test("numbers: the second chain rule of a function of t", () =>
  expect(lines(hessian("exp(sin(t^2))", "t: scalar", ["t", "t"])).slice(4)).toEqual([
    "H_v = exp(v)",
    "H_u = cos(u)^2*H_v - g_v*v",
    "d²f/dtdt = 4*t^2*H_u + 2*g_u",
    "= exp(v)*(4*cos(u)^2*u + 2*cos(u) - 4*u*v)",
  ]));

describe("without a page", () => {
  test.each([
    ["two variables", "x' A y", "x: n, A: n×m, y: m", ["x", "y"]],
    ["a Hessian of 0", "a'x", "a: n, x: n", ["x", "x"]],
  ] as const)("%s", (_why, f, vars, by) => expect(hessian(f, vars, by).problem.style).toBe("differential"));
});

describe("through the chain of the gradient", () => {
  test.each([
    ["a matrix", "norm(W x)^2", "W: m×n, x: n", ["W", "W"]],
    ["names that mix", "(a'x)*(b'exp(x))", "a: n, b: n, x: n", ["x", "x"]],
  ] as const)("%s", (_why, f, vars, by) => expect(hessian(f, vars, by).problem.style).toBe("chain"));

  test("the gradient is named g, and derived as a function of its own", () => {
    expect(lines(hessian("x' S x", "x: n, S: n×n", ["x", "x"]))).toEqual([
      "c = S*x; f = x'*c; g_c := df/dc",
      "g_c = x",
      "df/dx = S'*g_c + c",
      "g = (S + S')*x",
      "dg/dx = S + S'",
    ]);
  });
});
