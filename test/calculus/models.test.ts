/**
 * Models as papers print them: the first derivative by every variable and, of scalars, every second derivative, judged by
 * reverse-mode AD on scalars, which knows no rule, at points that the engine did not draw for its own proof.
 */
import { expect, test } from "vitest";
import type { Expr } from "../../kernel/src/calculus/core/expr.js";
import { isScalar } from "../../kernel/src/calculus/core/shape.js";
import { derive } from "../../kernel/src/calculus/derive/derive.js";
import { withoutLets } from "../../kernel/src/calculus/derive/lineState.js";
import { partsOf } from "../../kernel/src/calculus/derive/prove.js";
import { declare } from "../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../kernel/src/calculus/text/program.js";
import { boundedForm, compare } from "../../kernel/src/calculus/verify/bounds.js";
import { goodPoint } from "../../kernel/src/calculus/verify/domain.js";
import { exactDerivative, Taped } from "../../kernel/src/calculus/verify/exact.js";

const OWN_SEED = 4711;
/** Relative error of an entry, beyond what rounding explains. */
const EXACT = 1e-9;

const MODELS: readonly (readonly [expression: string, declarations: string])[] = [
  ["norm(X*w - y)^2/(2*N)", "X: N×n, w: n, y: N"],
  ["norm(X*w - y)^2/2 + lambda/2*norm(w)^2", "X: N×n, w: n, y: N, lambda: scalar"],
  ["sum(log(1 + exp(-y.*(X*w))))", "X: N×n, w: n, y: N"],
  ["-sum(y.*log(sigmoid(X*w)) + (1 - y).*log(1 - sigmoid(X*w)))", "X: N×n, w: n, y: N unit_interval"],
  ["-t'*log(softmax(W*x + b))", "W: k×n, x: n, b: k, t: k"],
  ['-sum(T.*log(softmax(X*W, "rows")))', "X: N×n, W: n×k, T: N×k"],
  ["-1/2*logdet(Sigma) - 1/2*(x - mu)'*inv(Sigma)*(x - mu)", "x: n, mu: n, Sigma: n×n"],
  ["-N/2*logdet(Sigma) - 1/2*tr(inv(Sigma)*S)", "x: N, S: n×n symmetric, Sigma: n×n spd"],
  ["logsumexp(log(p) - 1/2*(x - m).^2./s.^2)", "x: k, m: k, s: k positive, p: k positive"],
  ["logdet(L*L' + diag(psi)) + tr(inv(L*L' + diag(psi))*S)", "L: n×k, psi: n positive, S: n×n"],
  ['norm(X - W*W\'*X, "fro")^2', "X: n×N, W: n×k"],
  ['norm(X - W*H, "fro")^2', "X: m×n, W: m×k, H: k×n"],
  ["tr(P - K*C*P - P*C'*K' + K*(C*P*C' + R)*K')", "P: n×n, K: n×m, C: m×n, R: m×m"],
  ["(x - y)'*M*(x - y)", "x: n, y: n, M: n×n"],
  ["sqrt((x - y)'*L'*L*(x - y))", "x: n, y: n, L: k×n"],
  ["-1/2*y'*inv(K + s^2*eye(n))*y - 1/2*logdet(K + s^2*eye(n))", "y: n, K: n×n spd, s: scalar"],
  ["-1/2*y'*inv(K)*y - 1/2*logdet(K)", "y: n, K: n×n spd"],
  ["V*softmax(K'*q/sqrt(d))", "q: k, K: k×N, V: m×N, d: scalar positive"],
  ["softmax(q'*K/sqrt(d))*V", "q: k, K: k×N, V: N×m, d: scalar positive"],
  ['softmax(Q*K\'/sqrt(d),"rows")*V', "Q: N×k, K: N×k, V: N×m, d: scalar positive"],
  ["x'*y/(norm(x)*norm(y))", "x: n, y: n"],
  ["relu(norm(a - p)^2 - norm(a - n)^2 + m)", "a: k, p: k, n: k, m: scalar"],
  ["-log(sigmoid(u'*v)) - sum(log(sigmoid(-N*v)))", "u: n, v: n, N: k×n"],
  ["-b'*v - sum(log(1 + exp(c + W*v)))", "v: n, b: n, c: m, W: m×n"],
  ["1/2*x'*A*x - b'*x", "x: n, A: n×n symmetric, b: n"],
  ["x'*A*x/(x'*x)", "x: n, A: n×n symmetric"],
  ["x'*A*x/(x'*B*x)", "x: n, A: n×n symmetric, B: n×n spd"],
  ["inv(eye(n) + A)*(eye(n) - A)", "A: n×n"],
  ["x - inv(H)*g", "x: n, H: n×n, g: n"],
  ["tr(V'*A*V)/tr(V'*B*V)", "V: n×k, A: n×n symmetric, B: n×n spd"],
  ["tr(inv(V'*B*V)*(V'*A*V))", "V: n×k, A: n×n symmetric, B: n×n spd"],
  ["a'*C*b/sqrt((a'*A*a)*(b'*B*b))", "a: m, b: n, C: m×n, A: m×m spd, B: n×n spd"],
  ["norm(y - K*c)^2 + lambda*c'*K*c", "y: n, K: n×n symmetric, c: n, lambda: scalar"],
  ["sum(abs(D*x)) + norm(y - x)^2/2", "D: m×n, x: n, y: n"],
  ["norm(y - X*w)^2/2 + a*sum(abs(w)) + c/2*norm(w)^2", "y: N, X: N×n, w: n, a: scalar, c: scalar"],
  ["norm(y - X1*u - X2*v)^2 + lambda*(norm(u) + norm(v))", "y: N, X1: N×n, X2: N×m, u: n, v: m, lambda: scalar"],
  ["sum(sqrt(1 + (y - X*w).^2) - 1)", "y: N, X: N×n, w: n"],
  ["sum(exp(X*w) - y.*(X*w))", "y: N, X: N×n, w: n"],
  ["1/2*(tr(inv(S)*T) + (m - u)'*inv(S)*(m - u) - n + logdet(S) - logdet(T))", "S: n×n spd, T: n×n spd, m: n, u: n"],
  ["tr(X*inv(Y)) - logdet(X*inv(Y)) - n", "X: n×n spd, Y: n×n spd"],
  ["logdet((X + Y)/2) - 1/2*logdet(X*Y)", "X: n×n spd, Y: n×n spd"],
  ['norm(R - U*V\', "fro")^2 + lambda*(norm(U,"fro")^2 + norm(V,"fro")^2)', "R: m×n, U: m×k, V: n×k, lambda: scalar"],
  ["x'*W*y", "x: m, W: m×n, y: n"],
  ["sigmoid(W*x + U*h + b).*tanh(V*x + c)", "W: k×n, x: n, U: k×k, h: k, b: k, V: k×n, c: k"],
  ["x + W2*relu(W1*x + b1) + b2", "x: n, W1: m×n, b1: m, W2: n×m, b2: n"],
  ["-1/2*sum(1 + log(s.^2) - m.^2 - s.^2)", "s: n positive, m: n"],
  ["-1/2*sum(1 + v - m.^2 - exp(v))", "v: n, m: n"],
  ["log(sum(exp(X*w))) - y'*X*w", "X: k×n, w: n, y: k"],
  ["max(0, 1 - y*(w'*x + b)) + lambda/2*norm(w)^2", "w: n, x: n, b: scalar, y: scalar, lambda: scalar"],
  ["logdet(A*diag(x)*A')", "A: m×n, x: n positive"],
  ["-sum(log(b - A*x))", "A: m×n, x: n, b: m"],
  ["-log(det(X)) + tr(S*X) + lambda*sum(abs(X))", "X: n×n spd, S: n×n, lambda: scalar"],
  ['norm(A*X*B - C,"fro")^2', "A: m×n, X: n×p, B: p×q, C: m×q"],
  ["softmax(W2*tanh(W1*x + b1) + b2)", "x: n, W1: m×n, b1: m, W2: k×m, b2: k"],
  ["1/2*norm(x - D*a)^2 + lambda*sum(log(1 + a.^2))", "x: m, D: m×n, a: n, lambda: scalar"],
  ['tr(X\'*L*X) + norm(X - Y,"fro")^2', "X: n×k, L: n×n symmetric, Y: n×k"],
  ["x = z - sum(z)/n*ones(n); g.*x/sqrt(sum(x.^2)/n + eps) + b", "z: n, g: n, b: n, eps: scalar positive"],
];

/** The largest error of a derivative, all entries, beside the terms of each; `of` is what it is the derivative of. */
function errorOf(result: ReturnType<typeof derive>["result"], of: Expr, x: Expr): number {
  const { point } = goodPoint([of, ...partsOf(result)], result.wrt, OWN_SEED);
  const answer = boundedForm(result.index, point, new Taped(point, []));
  const { wrong, worst } = compare(exactDerivative(of, [x], point), answer, answer.terms);
  return wrong ? Number.POSITIVE_INFINITY : worst;
}

test.each(MODELS)("%s, where %s", (text, where) => {
  const scope = declare(where);
  const program = parseProgram(text, scope);
  const lets = program.lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  const f = withoutLets(lets, program.result);
  for (const x of scope.symbols.values()) {
    const first = derive(program.result, [x], { lets, text });
    expect(first.steps.length, `steps by ${String(x.attrs.name)}`).toBeGreaterThan(0);
    expect(errorOf(first.result, f, x), `by ${String(x.attrs.name)}`).toBeLessThan(EXACT);
    if (!isScalar(f.shape)) continue;
    // Facts hold at a point only; the gradient to be differentiated is that without them.
    const gradient = first.plain.matrix;
    expect(gradient, `gradient by ${String(x.attrs.name)}`).toBeDefined();
    const second = derive(program.result, [x, x], { lets, text, steps: false });
    expect(errorOf(second.result, gradient!, x), `twice by ${String(x.attrs.name)}`).toBeLessThan(EXACT);
  }
});
