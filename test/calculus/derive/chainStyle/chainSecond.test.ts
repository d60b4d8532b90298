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
      "g = df/dx = (S + S')*x",
      "d²f/dxdx = dg/dx = S + S'",
    ]);
  });
});

const last = (d: Derivation): string => chainPageLine(d.steps[d.steps.length - 1]!).note;

describe("by one variable, then by another", () => {
  test("rows are the first variable: in denominator layout ∂g/∂y is transposed", () => {
    const made = hessian("x' A y", "x: n, A: n×m, y: m", ["x", "y"]);
    expect(lines(made)).toEqual(["f = x'*A*y", "g = df/dx = A*y", "dg/dy = A'", "d²f/dxdy = (dg/dy)' = A"]);
    expect(last(made)).toBe(
      "\\text{rows: }\\text{entries of }\\mathbf x,\\ \\text{columns: }\\text{entries of }\\mathbf y",
    );
  });

  test("in numerator layout the gradient is a row, and g its transpose", () =>
    expect(lines(hessian("x' A y", "x: n, A: n×m, y: m", ["x", "y"], "numerator"))).toEqual([
      "f = x'*A*y",
      "df/dx = y'*A'",
      "g = (df/dx)' = A*y",
      "d²f/dxdy = dg/dy = A",
    ]));

  test("the line says both variables, with its shape", () => {
    const { left, shapedLeft } = chainPageLine(hessian("x' A y", "x: n, A: n×m, y: m", ["x", "y"]).steps[3]!);
    expect(left).toBe("\\frac{\\partial^2 f}{\\partial \\mathbf x\\,\\partial \\mathbf y}");
    expect(shapedLeft).toBe(`\\underbrace{${left}}_{n\\times m}`);
  });

  test.each([
    ["denominator", "(dg/dx)'", "one row"],
    ["numerator", "dg/dx", "one row"],
  ] as const)("a number first: %s layout has the row %s", (layout, of, said) => {
    const made = hessian("t*(a'exp(x))", "t: scalar, a: n, x: n", ["t", "x"], layout);
    expect(lines(made).at(-1)).toBe(`d²f/dtdx = ${of} = (a.*u)'`);
    expect(last(made)).toContain(said);
  });

  test("a number last: one column", () =>
    expect(last(hessian("t*(a'exp(x))", "t: scalar, a: n, x: n", ["x", "t"]))).toBe(
      "\\text{one column: }\\text{entries of }\\mathbf x",
    ));

  test("a matrix and a column: entry by entry, with the letters explained", () => {
    const made = hessian("norm(X*w - y)^2/2", "X: N×n, w: n, y: N", ["X", "w"]);
    expect(lines(made).slice(3)).toEqual([
      "G = df/dX = (c - y)*w'",
      "∂G_ij/∂c_l = δ_il w_j",
      "∂G_ij/∂w_k = Σ_l ∂G_ij/∂c_l ∂c_l/∂w_k + (c_i - y_i) δ_jk",
      "= Σ_l δ_il w_j X_lk + (c_i - y_i) δ_jk",
      "∂²f/∂X_ij∂w_k = ∂G_ij/∂w_k = w_j X_ik + (c_i - y_i) δ_jk",
    ]);
    expect(made.steps.at(-1)!.note).toContain(
      "i,j\\text{: row and column of }\\mathbf X;\\ k\\text{: entry of }\\mathbf w",
    );
  });

  test("a matrix and a number: of the shape of the matrix, transposed in numerator layout", () => {
    const of = (layout: Layout): Derivation =>
      hessian("t*(a'X*b)", "t: scalar, X: m×n, a: m, b: n", ["X", "t"], layout);
    expect(lines(of("denominator")).at(-1)).toBe("d²f/dXdt = dG/dt = a*b'");
    expect(last(of("denominator"))).toContain("of the shape of }\\mathbf X");
    expect(lines(of("numerator")).at(-1)).toBe("d²f/dXdt = (dG/dt)' = b*a'");
    expect(last(of("numerator"))).toContain("of the shape of }\\mathbf X^\\top");
  });

  test("names of the second half are new ones", () =>
    expect(lines(hessian("x'*y/(norm(x)*norm(y))", "x: n, y: n", ["x", "y"]))[3]).toBe(
      "v = 1/norm(y); g = df/dx = v*(y/norm(x) - (x'*y)*x/norm(x)^3)",
    ));

  test("functions inside a stage of the first half get names on the way to the second variable", () =>
    expect(lines(hessian("L(W2 σ(W1 x))", NETWORK, ["W2", "x"])).slice(3, 6)).toEqual([
      "h = W1*x; a = sigma(h); G = dL/dW2 = grad_L(c)*a'",
      "∂G_ij/∂c_l = ∂²L/∂c_i∂c_l a_j",
      "∂G_ij/∂a_r = Σ_l ∂G_ij/∂c_l ∂c_l/∂a_r + ∂L/∂c_i δ_jr",
    ]));

  test("a column f: the Jacobian gets the name J", () =>
    expect(lines(hessian("tanh(A*x)", "A: m×n, x: n", ["x", "x"])).slice(3)).toEqual([
      "J = (df/dx)' = diag(1 - tanh(h).^2)*A",
      "∂J_ij/∂x_k = Σ_l ∂J_ij/∂h_l ∂h_l/∂x_k",
      "∂J_ij/∂h_l = -2 tanh(h_i) (1 - tanh(h_i)^2) δ_il A_ij",
      "∂h_l/∂x_k = A_lk",
      "∂J_ij/∂x_k = -Σ_l 2 tanh(h_i) (1 - tanh(h_i)^2) δ_il A_ij A_lk",
      "∂²f_i/∂x_j∂x_k = ∂J_ij/∂x_k = -2 tanh(h_i) (1 - tanh(h_i)^2) A_ij A_ik",
    ]));
});

describe("a second derivative of 0", () => {
  test.each([
    ["linear", "a'x", "a: n, x: n", ["x", "x"], "\\mathbf g\\text{ does not depend on }\\mathbf x"],
    ["apart", "a'x + b'exp(y)", "a: n, b: m, x: n, y: m", ["x", "y"], "does not depend on }\\mathbf y"],
    [
      "behind a step",
      "sum(abs(D*x))",
      "D: m×n, x: n",
      ["x", "x"],
      "has slope 0 by }\\mathbf x\\text{ wherever it has a slope",
    ],
    ["of a matrix", "x' W y", "W: m×n, x: m, y: n", ["W", "W"], "\\mathbf G\\text{ does not depend on }\\mathbf W"],
  ] as const)("%s: a line says so", (_what, f, vars, by, said) => {
    const made = hessian(f, vars, by);
    expect(made.problem.style).toBe("chain");
    expect(made.steps.at(-1)!.chips).toEqual(["constant"]);
    expect(made.steps.at(-1)!.note).toContain(said);
    expect(lines(made).at(-1)).toMatch(/ = 0(\*ones.*)?$/);
  });

  test("f that does not depend on x: two lines", () =>
    expect(lines(hessian("y'y", "x: n, y: m", ["x", "y"]))).toEqual(["∂f/∂x_k = 0", "∂²f/∂x_k∂y_l = 0"]));
});

test("a first derivative with four axes has no name as a matrix: said, and told in another style", () => {
  const made = hessian("A*X", "A: m×m, X: m×n", ["X", "A"]);
  expect(made.problem.style).toBe("differential");
  expect(made.refused).toBe("the chain style is not shown: ∂f/∂X has 4 axes and no name as a matrix");
});
