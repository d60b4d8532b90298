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
