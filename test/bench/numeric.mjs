/**
 * A compiled program beside the reference evaluation, on the same expressions and their symbolic gradients: microseconds
 * of each, their ratio, and the time to compile. The values are compared before they are timed.
 */
import { dense } from "../../kernel/dist/calculus/core/dense.js";
import { withoutLets } from "../../kernel/dist/calculus/derive/lineState.js";
import { declare, derive, parseProgram } from "../../kernel/dist/calculus/index.js";
import { compile } from "../../kernel/dist/calculus/numeric/compile.js";
import { evaluateAll } from "../../kernel/dist/calculus/verify/evaluate.js";

const NETWORK = "h = W1 x + b1; a = sigmoid(h); z = W2 a + b2; -t' log(softmax(z))";
const network = (n, h, k) => `W1: ${h}×${n}, b1: ${h}, W2: ${k}×${h}, b2: ${k}, x: ${n}, t: ${k} simplex`;
const CASES = [
  {
    name: "Rosenbrock, value and gradient",
    text: "(1 - a)^2 + 100*(b - a^2)^2",
    vars: "a: scalar, b: scalar",
    wrt: ["a", "b"],
  },
  { name: "network 2-3-2, value and gradients of W1, W2", text: NETWORK, vars: network(2, 3, 2), wrt: ["W1", "W2"] },
  { name: "network 8-16-4, value and gradients of W1, W2", text: NETWORK, vars: network(8, 16, 4), wrt: ["W1", "W2"] },
  {
    name: "logistic regression 20×5, value and gradient",
    text: "sum(log(1 + exp(-y .* (X w))))",
    vars: "X: 20×5, y: 20 signs, w: 5",
    wrt: ["w"],
  },
  {
    name: "network 64-128-10, value and gradients of W1, W2; two entries move",
    entries: 2,
    text: NETWORK,
    vars: network(64, 128, 10),
    wrt: ["W1", "W2"],
  },
];
const ROUNDS = 7;
/** Milliseconds of each side in a round. */
const ROUND = 60;

let seed = 1;
const draw = () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647 - 0.5;
};
const median = (list) => [...list].sort((p, q) => p - q)[list.length >> 1];

function microseconds(run) {
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < ROUND) for (let n = 0; n < 10; n++, count++) run();
  return ((performance.now() - start) * 1000) / count;
}

console.log(
  "| | operations | compile ms | compiled µs | node by node µs | evaluate µs | evaluate ÷ compiled |\n|---|---|---|---|---|---|---|",
);
for (const { name, text, vars, wrt, entries = Infinity } of CASES) {
  const scope = declare(vars);
  const { result, lets } = parseProgram(text, scope);
  const f = withoutLets(
    lets.map((l) => ({ symbol: l.symbol, value: l.expr })),
    result,
  );
  const moving = wrt.map((x) => scope.symbols.get(x));
  const roots = [f, ...moving.map((x) => derive(f, [x], { steps: false }).matrices.denominator)];
  const values = Object.fromEntries(
    [...scope.symbols].map(([x, { shape }]) => {
      const [rows, cols] = [shape.rows.coefficient, shape.cols.coefficient];
      return [x, dense(rows, cols, Array.from({ length: rows * cols }, draw))];
    }),
  );
  const first = new Map();
  const start = [];
  for (const x of moving) {
    first.set(x, start.length);
    start.push(...values[x.attrs.name].data.slice(0, entries / moving.length));
  }
  const kept = entries / moving.length;
  const begun = performance.now();
  const program = compile(roots, {
    sizes: {},
    parameters: start.length,
    outputs: (_r, cells) => cells.flatMap(({ at }) => at.slice(0, kept)),
    symbol: (s) => {
      const value = values[s.attrs.name];
      if (!first.has(s)) return value;
      const moved = Math.min(value.data.length, kept);
      const base = dense(
        value.rows,
        value.cols,
        value.data.map((number, k) => (k < moved ? 0 : number)),
      );
      return { base, moves: (k) => (k < moved ? [[first.get(s) + k, 1]] : []) };
    },
  });
  const compiling = performance.now() - begun;
  const evaluated = () => evaluateAll(roots, { sizes: {}, values });
  const known = evaluated();
  const want = roots.flatMap((e) => [...known.get(e).data.slice(0, kept)]);
  const out = new Float64Array(want.length);
  program.run(start, out);
  const worst = Math.max(...want.map((x, k) => Math.abs(x - out[k]) / Math.max(Math.abs(x), 1)));
  if (!(worst < 1e-12)) throw new Error(`${name}: compiled and evaluated differ by ${worst}`);
  const times = Array.from({ length: ROUNDS }, () => [
    microseconds(() => program.run(start, out)),
    microseconds(() => program.interpret(start, out)),
    microseconds(evaluated),
  ]);
  const [fast, slow, reference] = [0, 1, 2].map((n) => median(times.map((t) => t[n])));
  const cells = [
    program.operations,
    compiling.toFixed(1),
    fast.toFixed(2),
    slow.toFixed(2),
    reference.toFixed(1),
    (reference / fast).toFixed(0),
  ];
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
