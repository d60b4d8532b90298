/** Input that no one means well: an answer within moments, never a crash, a hang or trouble with prototypes. */
import { describe, expect, test } from "vitest";
import { answersTo, answerTo, type Line } from "./stream.js";

const MOMENTS = 5_000; // ms, generous: a loaded machine is no failure, a hang is

async function quickly(request: unknown): Promise<Line> {
  const start = performance.now();
  const line = await answerTo(request);
  expect(performance.now() - start).toBeLessThan(MOMENTS);
  return line;
}

describe("size", () => {
  const vars = { x: ["n"] };

  test("10,000 characters are read or refused at once", async () => {
    const long = `sum(${Array.from({ length: 2400 }, () => "x").join(" + ")})`;
    expect((await quickly({ expr: long, vars, wrt: ["x"] })).ok).toBe(true);
    expect((await quickly({ expr: "x".repeat(10_000), vars, wrt: ["x"] })).error!.code).toBe("unknown_symbol");
  });

  test("more than 20,000 characters are a syntax error that says so", async () =>
    expect((await quickly({ expr: "x + ".repeat(10_000), vars, wrt: ["x"] })).error!.code).toBe("syntax"));

  test("1,000 nested parentheses are a syntax error", async () =>
    expect((await quickly({ expr: `${"(".repeat(1000)}x${")".repeat(1000)}`, vars, wrt: ["x"] })).error!.code).toBe(
      "syntax",
    ));

  test("1,000 transposes are nested too deeply, and 100 are none", async () => {
    expect((await quickly({ expr: `sum(x${"'".repeat(1000)})`, vars, wrt: ["x"] })).error!.code).toBe("syntax");
    expect(await quickly({ expr: `sum(x${"'".repeat(100)})`, vars, wrt: ["x"] })).toMatchObject({ matrix: "ones(n)" });
  });

  test("200 variables are 200 variables", async () => {
    const names = Array.from({ length: 200 }, (_, i) => `v${i}`);
    const many = Object.fromEntries(names.map((name) => [name, ["n"]]));
    expect(await quickly({ expr: names.map((v) => `${v}'*${v}`).join(" + "), vars: many, wrt: ["v7"] })).toMatchObject({
      matrix: "2*v7",
    });
  });

  test("a line of a million characters is one line", async () => {
    const [only, next] = await answersTo(
      `{"id":1,"expr":"${"x".repeat(1_000_000)}"\n{"id":2,"expr":"x","vars":{"x":["n"]},"wrt":["x"]}\n`,
    );
    expect(only!.error!.code).toBe("syntax");
    expect(next).toMatchObject({ id: 2, ok: true });
  });

  test("a tensor too large to be sent is refused before it is computed", async () => {
    const X = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => 1));
    expect(
      (await quickly({ expr: "X*X'", vars: { X: ["m", "n"] }, wrt: ["X"], dims: { m: 40, n: 40 }, bindings: { X } }))
        .error,
    ).toMatchObject({
      code: "unsupported",
      message: "bindings: the tensor has 2560000 entries",
    });
  });
});

describe("names of prototypes", () => {
  test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
    "%s is a name like any other",
    async (name) => {
      const vars = JSON.parse(`{"${name}": ["n"]}`) as object;
      expect(await answerTo({ expr: `${name}'*${name}`, vars, wrt: [name] })).toMatchObject({
        ok: true,
        matrix: `2*${name}`,
      });
      const bindings = JSON.parse(`{"${name}": [1, 2]}`) as object;
      expect(await answerTo({ expr: `${name}'*${name}`, vars, wrt: [name], bindings })).toMatchObject({
        tensor: { data: [2, 4] },
      });
    },
  );

  test.each(["constructor", "__proto__"])("%s that was not declared is unknown", async (name) =>
    expect((await answerTo({ expr: `${name} + x`, vars: { x: ["n"] }, wrt: ["x"] })).error!.code).toBe(
      "unknown_symbol",
    ),
  );

  test("a dimension may be called constructor", async () =>
    expect(
      await answerTo({
        expr: "x'*x",
        vars: { x: ["constructor"] },
        wrt: ["x"],
        dims: { constructor: 2 },
        bindings: { x: [1, 2] },
      }),
    ).toMatchObject({
      tensor: { shape: [2] },
    }));

  test("nothing of it is left on the prototype of objects", () => expect(Object.keys(Object.prototype)).toEqual([]));
});

describe("declarations that contradict each other", () => {
  test("a name that is a symbol and a dimension is ambiguous", async () =>
    expect((await answerTo({ expr: "x", vars: { x: ["n"], n: [] }, wrt: ["x"] })).error).toMatchObject({
      code: "ambiguous",
    }));

  test("three dimensions are bad_argument", async () =>
    expect((await answerTo({ expr: "x", vars: { x: ["n", "m", "p"] }, wrt: ["x"] })).error).toMatchObject({
      code: "bad_argument",
    }));

  test.each([["-1"], ["0"], ["n m"], [""], ["1.5"]])("a dimension %j is refused", async (dim) => {
    const { ok, error } = await answerTo({ expr: "x", vars: { x: [dim] }, wrt: ["x"] });
    expect(ok).toBe(false);
    expect(["bad_argument", "syntax"]).toContain(error!.code);
  });
});
