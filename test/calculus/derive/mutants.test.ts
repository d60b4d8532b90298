/** The proof refuses the answers of a broken engine: one record, rule or layout is damaged at a time. */
import { afterEach, expect, test, vi } from "vitest";

const ENGINE = "../../../kernel/src/calculus";

/** Derives with the engine as it stands, loaded anew. */
async function derived(expr: string, vars: string, ...wrt: string[]): Promise<unknown> {
  const { declare, derive, parse } = await import(`${ENGINE}/index.js`);
  const scope = declare(vars);
  return derive(
    parse(expr, scope).expr,
    wrt.map((name) => scope.symbols.get(name)!),
  );
}

const refused = /failed its (numeric )?check/;

afterEach(() => {
  vi.doUnmock(`${ENGINE}/rules/index.js`);
  vi.doUnmock(`${ENGINE}/derive/layout.js`);
  vi.doUnmock(`${ENGINE}/derive/closed.js`);
  vi.doUnmock(`${ENGINE}/ops/elementwise/tanh.js`);
  vi.resetModules();
});

/** The rule table with one rule replaced. */
function damageRule(id: string, apply: (e: never, context: never) => unknown): void {
  vi.resetModules();
  vi.doMock(`${ENGINE}/rules/index.js`, async (original) => {
    const { RULES } = (await original()) as { RULES: { id: string }[] };
    expect(RULES.map((r) => r.id)).toContain(id);
    return { RULES: RULES.map((r) => (r.id === id ? { ...r, apply } : r)) };
  });
}

test("the same calls are answered by the engine that is whole", async () => {
  await derived("tanh(W A x)", "W: m×n, A: n×p, x: p", "x");
  await derived("sum(tanh(x))", "x: n", "x");
  await derived("sum(sigmoid(A x))", "A: m×n, x: n", "x", "x");
});

test("a transpose that keeps the order of a product", async () => {
  damageRule("transpose/product", (e: never, { b }: never) => {
    const inner = (e as { args: { op: string; args: unknown[] }[] }).args[0]!;
    return inner.op === "mul"
      ? (b as { mul: (...f: unknown[]) => unknown; transpose: (x: unknown) => unknown }).mul(
          ...inner.args.map((x) => (b as { transpose: (x: unknown) => unknown }).transpose(x)),
        )
      : undefined;
  });
  await expect(derived("tanh(W A x)", "W: n×n, A: n×n, x: n", "x")).rejects.toThrow(refused);
});

test("a layout that is not turned", async () => {
  vi.resetModules();
  vi.doMock(`${ENGINE}/derive/layout.js`, () => ({ inLayout: (result: { matrix: unknown }) => result.matrix }));
  await expect(derived("A x", "A: n×n, x: n", "x")).rejects.toThrow(refused);
});

test("a slope of tanh that is 1 − tanh³", async () => {
  vi.resetModules();
  vi.doMock(`${ENGINE}/ops/elementwise/tanh.js`, async (original) => {
    const { tanh } = (await original()) as { tanh: { differential: unknown } };
    type B = {
      hadamard: (...f: unknown[]) => unknown;
      sub: (a: unknown, c: unknown) => unknown;
      ones: (s: unknown) => unknown;
      pow: (a: unknown, k: number) => unknown;
    };
    const differential = (b: B, self: { shape: unknown }, _i: number, dz: unknown) =>
      b.hadamard(b.sub(b.ones(self.shape), b.pow(self, 3)), dz);
    return { tanh: { ...tanh, differential } };
  });
  await expect(derived("sum(tanh(x))", "x: n", "x")).rejects.toThrow(refused);
});

test("a sum of products with the wrong sign, in a Hessian", async () => {
  damageRule("sum/hadamard", (e: never, { b }: never) => {
    const z = (e as { args: { op: string; args: unknown[]; shape: { cols: { key: string } } }[] }).args[0]!;
    if (z.op !== "hadamard" || z.shape.cols.key !== "1") return undefined;
    type B = {
      neg: (x: unknown) => unknown;
      mul: (...f: unknown[]) => unknown;
      transpose: (x: unknown) => unknown;
      hadamard: (...f: unknown[]) => unknown;
    };
    const { neg, mul, transpose, hadamard } = b as B;
    return neg(mul(transpose(hadamard(...z.args.slice(0, -1))), z.args[z.args.length - 1]));
  });
  await expect(derived("sum(sigmoid(A x))", "A: m×n, x: n", "x", "x")).rejects.toThrow(refused);
});

type Terms = readonly { readonly coefficient: number }[];
interface Answer {
  readonly wrt: readonly unknown[];
  readonly index: { readonly free: unknown; readonly terms: Terms };
}

/** The engine's answer with its index form changed; the forms that would show it are left out. */
function damageAnswer(change: (terms: Terms, answer: Answer) => Terms): void {
  vi.resetModules();
  vi.doMock(`${ENGINE}/derive/closed.js`, async (original) => {
    const whole = (await original()) as { derivative: (...args: unknown[]) => Answer };
    const derivative = (...args: unknown[]): unknown => {
      const answer = whole.derivative(...args);
      const index = { ...answer.index, terms: change(answer.index.terms, answer) };
      return { ...answer, matrix: undefined, kronecker: undefined, index };
    };
    return { ...whole, derivative };
  });
}

const scaled = (terms: Terms, by: number): Terms => terms.map((t) => ({ ...t, coefficient: by * t.coefficient }));

/** The proof alone: no page is made. */
async function proved(expr: string, vars: string, ...wrt: string[]): Promise<unknown> {
  const { declare, parse } = await import(`${ENGINE}/index.js`);
  const { derivative } = await import(`${ENGINE}/derive/closed.js`);
  const { prove } = await import(`${ENGINE}/derive/prove.js`);
  const scope = declare(vars);
  const variables = wrt.map((name) => scope.symbols.get(name)!);
  return prove(derivative(parse(expr, scope).expr, variables));
}

test("an answer without its forms is proved as it stands", async () => {
  damageAnswer((terms) => terms);
  await proved("10000000*a' x + sum(tanh(x))", "a: n, x: n", "x");
  await proved("norm(W x)^2 + x' A x", "W: m×n, x: n, A: n×n", "x", "x");
  await proved("sum(tanh(W x))", "W: m×n, x: n", "W");
});

test("a small term lost beside a huge one", async () => {
  damageAnswer((terms) => terms.filter((t) => Math.abs(t.coefficient) > 1));
  await expect(proved("10000000*a' x + sum(tanh(x))", "a: n, x: n", "x")).rejects.toThrow(refused);
});

test("a wrong factor of a function that is saturated at every point", async () => {
  vi.resetModules();
  vi.doMock(`${ENGINE}/ops/elementwise/tanh.js`, async (original) => {
    const { tanh } = (await original()) as { tanh: { differential: (...args: unknown[]) => unknown } };
    type B = { times: (...f: unknown[]) => unknown; number: (x: number) => unknown };
    const differential = (b: B, ...rest: unknown[]) => b.times(b.number(1.001), tanh.differential(b, ...rest));
    return { tanh: { ...tanh, differential } };
  });
  await expect(derived("tanh(50 + x' x)", "x: n", "x")).rejects.toThrow(refused);
});

test("a Hessian of which one term is wrong, though its gradient is right", async () => {
  damageAnswer((terms, { wrt }) => (wrt.length === 2 ? [...terms.slice(1), ...scaled(terms.slice(0, 1), -1)] : terms));
  await expect(proved("norm(W x)^2 + x' A x", "W: m×n, x: n, A: n×n", "x", "x")).rejects.toThrow(refused);
});

test("a wrong sign at a function known by name only", async () => {
  damageAnswer((terms) => scaled(terms, -1));
  await expect(proved("L(sigma(W x))", "W: m×n, x: n, sigma: elementwise, L: scalar of m", "W")).rejects.toThrow(
    refused,
  );
});

test("a page whose line is wrong is refused by name, and is not a page that the style lacks", async () => {
  vi.resetModules();
  vi.doMock(`${ENGINE}/derive/indexStyle/indexContract.js`, async (original) => {
    const whole = (await original()) as { contract: (n: unknown) => unknown };
    const twice = (n: unknown) => ({ kind: "product", factors: [{ kind: "number", value: 2 }, whole.contract(n)] });
    return { ...whole, contract: twice };
  });
  const { declare, derive, parse } = await import(`${ENGINE}/index.js`);
  const scope = declare("B: m×n, C: n×p");
  const { problem, refused: why } = derive(parse("B C", scope).expr, [scope.symbols.get("B")!], { style: "index" });
  expect(problem.style).toBe("differential");
  expect(why).toMatch(/^the index style is not shown: a line \(.*\) failed its numeric check and is not shown;/);
  vi.doUnmock(`${ENGINE}/derive/indexStyle/indexContract.js`);
});
