/** What random expressions have found: each failure by name, with the expression that showed it. */
import { describe, expect, test } from "vitest";
import { dense } from "../../../kernel/src/calculus/core/dense.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { type Answer, answer } from "../../../kernel/src/calculus/index.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { directionError } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { judge, read, variable } from "./check.js";
import { declarationsOf } from "./symbols.js";

describe("transposes of rows come to an end", () => {
  test.each([
    ["a row beside a function of a row", "(u' ./ (2 + sin(v')))'", "v"],
    ["a function of ones and a row", "log((1 + exp(u')))'", "u"],
    ["a function of a product that is a row", "exp(-abs((w'*W')))'", "W"],
    ["a row that the page gives a name", "((u'.^2 + 1).^1.5)*(sigmoid(v).^(-2))", "u"],
    ["a negative power of a row", "(((v'.^2 + 1).^(-1)) ./ (u'.^2 + 1))'", "u"],
    ["a norm of a transposed row", "norm((y'/(1 + norm(y)^2))')^2", "y"],
    ["a product of columns inside a determinant", "det((eye(n) + (diag((inv((D + S'))*y))*softmax(h))*x'))", "S"],
    ["matrices of ones in a gradient", "L((sum((C + C'))*exp(sin(abs(ones(n))))))", "C"],
  ])("%s: %s by %s", (_fact, expr, wrt) => expect(judge(expr, wrt)).toBe("right"));
});

describe("a sum of inner products is turned term by term alone", () => {
  test.each([
    ["three inner products with one differential", "norm(s*x)^2 + y'*x + c'*x", ["x"]],
    ["two of them inside a norm", "norm(t*x + y)^2 + h'*x + q'*x", ["x"]],
    [
      "inner products of a second derivative",
      "log(det(((diag((C/(1 + exp(r))))*((-z)/r)')'*V' + 9*eye(p))))",
      ["r", "z"],
    ],
  ] as const)("%s: %s by %s", (_fact, expr, wrt) =>
    expect(judge(expr, wrt as unknown as [string], { layout: "numerator" })).toBe("right"),
  );
});

describe("a derivative below the rounding of the values is still answered", () => {
  test.each([
    ["tanh of a large number", "exp(tanh(tr(Y'*Y)))", "Y"],
    ["a sum that is 0 for every value", "((V + (w*v')) + (-V))", "V"],
    ["an inverse that cancels", "(inv(C)*(C*v))", "C"],
    ["a trace of an orthogonal matrix, which may be 0", "tr(kron((Q.^3), (Q' + S)))", "S"],
    ["a saturated sigmoid of a sum", "sigmoid(sum(kron((V*V'), (W' .* (w*g')))))", "W"],
    ["a sine that turns fast", "sqrt((2 + sin((sum(kron((inv((D + D))*tanh(W)), exp(sin((w*y')))))^3))))", "W"],
    ["a determinant inside an exponential", "((det((D + D''))*(-(V' + V')))/(1 + exp(det((P + 9*eye(n))))))", "V"],
    ["an antisymmetric matrix that is inverted inside a sum", "sum(diag(inv((E + (-E')))))", "E"],
  ])("%s: %s by %s", (_fact, expr, wrt) => expect(judge(expr, wrt)).toBe("right"));
});

describe("kinks", () => {
  test("entries that are 0 wherever the variable goes are no kink", () =>
    expect(judge("tr(kron(abs(diag(x)), ((E^3)/(1 + exp(n)))))", "x")).toBe("right"));

  test("a norm is never taken where it is 0", () =>
    expect(judge("((norm(relu(w))^2^3) + norm(softmax(diag(A')))^2)", "w")).toBe("right"));

  test("abs of a diagonal matrix has a kink at every entry off the diagonal, and this is said", () =>
    expect(judge("(sqrt((Q.^2 + 1)) + (-abs(D)))", "D")).toBe("outside the domain"));
});

describe("answers are read back", () => {
  test.each([
    ["a reciprocal behind a number that does not spread", "((h'*g)*(h.^(-1)))", "h"],
    [
      "a matrix of ones beside elementwise terms",
      "dot(sum(sigmoid(w))*(h.^1.5), h.^2 .* exp(tanh(h))) - t*tr(A^2)*sum(h)",
      "h",
    ],
  ])("%s: %s by %s", (_fact, expr, wrt) => expect(judge(expr, wrt)).toBe("right"));

  test("a quotient of quotients is opened", () => {
    const made = derive(read("sum(h .* log(h ./ x))"), [variable("h")]).matrices.denominator!;
    expect(text(made)).toBe("1 + log(h./x)");
  });
});

describe("facts about a variable wait for the last differentiation", () => {
  test.each([
    ["sum((P' .* P))", "P"],
    ["logdet(S)", "S"],
    ["det((P + eye(n)))", "P"],
    ["sin(logdet(Q))", "Q"],
    ["(det(D) - det(E))", "D"],
    ["norm((inv(D)*x))", "D"],
    ["L((S'*b))", "S"],
  ])("%s twice by %s", (expr, wrt) => {
    const x = variable(wrt);
    expect(derive(read(expr), [x, x]).proof.maxRelError).toBeLessThan(1e-9);
  });

  test.each([
    ["S*x", "x", "S"],
    ["inv(P)*x", "P", "P"],
  ])("%s by %s and %s", (expr, first, second) => {
    const made = derive(read(expr), [variable(first), variable(second)]);
    expect(made.proof.differenceError).toBeLessThan(2e-6);
  });
});

describe("second derivatives of vectors and matrices by a scalar", () => {
  test.each([
    ["s^2*x", "s", "x", "2*s*eye(n)"],
    ["s^2*x", "x", "s", "2*s*eye(n)"],
    ["s^2*x", "s", "s", "2*x'"],
    ["s^2*t*X", "s", "t", "2*s*X"],
  ])("%s by %s and %s is %s", (expr, first, second, want) => {
    const made = derive(read(expr), [variable(first), variable(second)]);
    expect(text(made.matrices.denominator!)).toBe(want);
  });

  test.each([
    ["r*(o*x)", "r", "o", "x'"],
    ["r*(o*x)", "o", "r", "x"],
    ["r*(x'*y)", "r", "x", "y'"],
    ["r*(x'*y)", "x", "r", "y"],
    ["logdet(P)/r", "r", "o", "0*ones(n)'"],
  ])("the axis of the first variable goes down: %s by %s and %s is %s", (expr, first, second, want) => {
    expect(judge(expr, [first, second], { style: "chain" })).toBe("right");
    const made = derive(read(expr), [variable(first), variable(second)]);
    expect(text(made.matrices.denominator!)).toBe(want);
  });

  test("a matrix by a matrix and a scalar has an index form and no Kronecker form", () => {
    const { result } = derive(read("((s^3)*(W'*b))"), [variable("W"), variable("s")]);
    expect(result.order).toBe(3);
    expect(result.kronecker).toBeUndefined();
  });
});

describe("named parts", () => {
  test.each([
    ["that nothing uses", "z1 = sqrt((2 + sin((diag(w)*V)))); x'*A*x", "x"],
    ["that only an unused part uses", "z1 = tr(C); z2 = z1*y; sum(x .* x)", "x"],
    ["that are used twice", "z1 = tanh(A*x); z2 = z1 + y; z1'*z2", "x"],
  ])("%s: %s by %s", (_fact, expr, wrt) => expect(judge(expr, wrt)).toBe("right"));

  test.each([
    ["the transpose of a symmetric variable", "vec(tanh(exp(sin(F'))))'*vec(E)", "F"],
    ["a name that only the second derivative needs", "-tanh(sum(sin(z)))", "z"],
  ])("on the page of a Hessian, %s: %s", (_fact, expr, wrt) => expect(judge(expr, [wrt, wrt])).toBe("right"));
});

describe("abstract functions", () => {
  test.each([
    ["J(X)", ["X"], "grad_J(X)", undefined],
    ["grad_J(X)", ["X"], undefined, "hess_J(X)"],
    ["J(X)", ["X", "X"], undefined, "hess_J(X)"],
    ["J(C*X)", ["X", "X"], undefined, "kron(eye(n), C')*hess_J(C*X)*kron(eye(n), C)"],
    ["grad_L(x)", ["x", "x"], undefined, "D3_L(x)"],
    ["sigma(sigma(s))", ["s"], "D_sigma(sigma(s))*D_sigma(s)", undefined],
  ] as const)("%s by %s", (expr, wrt, matrix, vec) => {
    expect(judge(expr, wrt as unknown as [string, string])).toBe("right");
    const { matrices, result } = derive(read(expr), wrt.map(variable));
    expect(matrices.denominator && text(matrices.denominator)).toBe(matrix);
    expect(result.kronecker && text(result.kronecker)).toBe(vec);
  });

  test.each([
    ["norm(grad_L(A*x))^2", "x", "x"],
    ["L(grad_L(x))", "x", "x"],
    ['norm(grad_J(X), "fro")^2', "X", "X"],
    ["J(u*x')", "u", "x"],
    ["L(J(X)*x)", "X", "x"],
    ["L(o')", "o", "o"],
    ["D_sigma(A*x)", "x", "x"],
  ])("%s by %s and %s", (expr, first, second) => expect(judge(expr, [first, second])).toBe("right"));
});

test("the chain page of a factor that closes a scalar with the upstream gradient", () =>
  expect(judge("h'*softmax(h*h'*A*x)", "A", { style: "chain" })).toBe("right"));

test("a factor that occurs twice is used up once", () => expect(judge("sum((C/(1 + exp(s)))^3)", "s")).toBe("right"));

test.each(["sum(tanh(adj(C)*tanh(v*v')))", "sum((exp(-t) ./ (2 + cos(tanh(adj((C + tan(sin((v*v'))))))))))"])(
  "a Hessian that is no product of matrices is written with vec: %s",
  (expr) => expect(judge(expr, ["v", "v"])).toBe("right"),
);

test("equal deltas of a repeated factor are contracted together", () =>
  expect(judge("sum(diag(x).*diag(x)*A) + sum(eye(n).*eye(n).*(x*y'))", "x", { style: "index" })).toBe("right"));

test("a stage that subtracts one constant twice", () =>
  expect(judge("norm(A*x - y - y + c)^2 + norm(A*x - y - y)^2", "x", { style: "chain" })).toBe("right"));

describe("answers as a mathematician writes them", () => {
  test.each([
    ['sum(W.*log(softmax(A*W, "rows")))', "A", '(W - diag(W*ones(p))*softmax(A*W, "rows"))*W\''],
    ["sum(kron(X, V))", "X", "sum(V)*ones(m)*ones(n)'"],
    ["x'*A*x/(x'*x)", "A", "x*x'/(x'*x)"],
    ["tr((s*C)^3)", "s", "3*tr(C^3)*s^2"],
  ])("%s by %s is %s", (expr, wrt, want) =>
    expect(text(derive(read(expr), [variable(wrt)]).matrices.denominator!)).toBe(want),
  );

  test.each([
    ["logsumexp(log(h) - (x - y).^2./h)", "x", "diag("],
    ["sum(sqrt(1 + (x - A*y).^2))", "y", "A'*diag("],
  ])("one diag in the Hessian of %s by %s", (expr, wrt, start) => {
    const hessian = text(derive(read(expr), [variable(wrt), variable(wrt)]).matrices.denominator!);
    expect(hessian.startsWith(start)).toBe(true);
    expect(hessian.split("diag(").length).toBe(2);
  });
});

describe("the judges know their limits", () => {
  test("a difference over many turns of a sine decides nothing", () =>
    expect(judge("1/(2 + sin(norm((C'*v).^9)^2))", "C")).toBe("right"));

  test("an abstract function and its third derivative are rounded alike", () =>
    expect(judge("D_sigma((V'*z))", ["V", "V"])).toBe("right"));

  test("ln|det Q| is 0 by a fact and 1e-16 by its digits", () => expect(judge("logdet(Q)/r", "r")).toBe("right"));

  test("a derivative that double precision cannot see is refused", () =>
    expect(judge('tanh((norm(n + tanh(E), "fro") + cos(sqrt(2 + sin(r))))^3)', "r")).toBe("below rounding"));
});

test("a constant is not differentiated by", () =>
  expect(() => judge("c'*x", "c")).toThrow("c is declared constant: nothing is differentiated by it"));

test("log(sigmoid(z)) keeps its digits where sigmoid(z) has none left", () =>
  expect(judge("log(sigmoid(-40*(1 + exp(x))))", "x")).toBe("right"));

describe("an expression without the variable has a derivative 0 in every form", () => {
  test.each([
    ["s", ["x"], "0*x", []],
    ["y", ["x"], "0*A", []],
    ["X", ["s"], "0*X", []],
    ["X", ["A"], null, []],
    ["x'*y", ["x", "x"], "0*ones(n)*ones(n)'", []],
    ["A*x", ["x", "x"], null, []],
  ] as const)("%s by %s", (expr, wrt, matrix, terms) => {
    const { vars, constraints } = declarationsOf(["s", "x", "y", "X", "A"]);
    const made = answer({ expr, vars, constraints, wrt }, () => 0) as Answer;
    expect(made).toMatchObject({ ok: true, index: { terms } });
    expect(made.matrix === null ? null : read(made.matrix).shape).toEqual(matrix === null ? null : read(matrix).shape);
  });
});

test("a tensor of order six is derived within seconds", () => {
  const E = variable("E");
  const start = performance.now();
  derive(read("-(((E'*E) + eye(p))^(-2))"), [E, E]);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("a power that cannot be worked with is refused at once", () => {
  const made = answer({ expr: "A^(10^10)", vars: { A: ["n", "n"] }, wrt: ["A"] }, () => 0);
  expect(made).toMatchObject({
    error: { code: "unsupported", message: "A^k: the exponent is too large, got 10000000000", span: [0, 9] },
  });
});

test("a wave that turns within the step of a difference decides nothing, and a wrong slope is still refused", () => {
  const f = read("s + 0.00000002*sin(10^7*s)");
  const point = { sizes: {}, values: { s: dense(1, 1, [0.5]) }, directions: { s: dense(1, 1, [1]) } };
  const slope = 1 + 0.2 * Math.cos(5e6);
  expect(directionError(Float64Array.of(slope), f, [variable("s")], point)).toBeUndefined();
  expect(() => directionError(Float64Array.of(1.1), read("sin(s) + s"), [variable("s")], point)).toThrow(
    "the result failed its numeric check",
  );
});

describe("a line is judged with the bounds of its rounding", () => {
  const zero = "(-(logdet(Q')*((log((E.^2 + 1))*(-(sigmoid(z).^(-2)))) - (s + ((w ./ (1 + exp(z)))/(k^2 + 1))))))";
  test.each([
    ["a factor that is 0 up to rounding", zero, "z", "index"],
    ["the same beside a function of itself", "(exp(sin(logdet(Q')))*logdet(Q'))*(s*z)", "s", "differential"],
    ["∞·0 at the first points", "sigmoid(800*W).^0.5", "W", "differential"],
  ] as const)("%s: %s by %s", (_fact, expr, wrt, style) =>
    expect(judge(expr, wrt, { style, layout: "denominator" })).toBe("right"),
  );
});
