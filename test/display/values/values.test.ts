import { describe, expect, test } from "vitest";
import { valueBundle } from "../../../kernel/src/display/values/index.js";

const text = (value: object): unknown => valueBundle(value)?.["text/plain"];
const html = (value: object): string => String(valueBundle(value)?.["text/html"]);
const lines = (...all: string[]): string => all.join("\n");

describe("an array of plain objects is a table", () => {
  test("with a column for each key, numbers at the right, holes empty", () => {
    expect(text([{ name: "ada", score: 9.5 }, { name: "日本", score: 10, born: new Date(0) }, { name: null }])).toBe(
      lines(
        "3 rows",
        "name  score  born",
        "────  ─────  ────────────────────────",
        "ada     9.5",
        "日本     10  1970-01-01T00:00:00.000Z",
        "null",
      ),
    );
  });

  test("as HTML without scripts, style sheets or markup of the data, its heading sticky", () => {
    const table = html([{ "<b>": "<script>alert(1)</script>", n: 1 }]);
    expect(table).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(table).not.toMatch(/<script|<style|<b>|\son\w+=/);
    expect(table).toMatch(/<th scope="col" style="[^"]*position:sticky[^"]*text-align:left;">&lt;b&gt;<\/th>/);
    expect(table).toMatch(/<td style="[^"]*text-align:right;[^"]*">1<\/td>/);
  });

  test("folded above 20 rows and 12 columns, with a count", () => {
    const row = Object.fromEntries(Array.from({ length: 14 }, (_, c) => [`c${c}`, c]));
    const rows = Array.from({ length: 12_365 }, () => row);
    const told = String(text(rows)).split("\n");
    expect(told).toHaveLength(1 + 2 + 20 + 1);
    expect(told[0]).toBe("12,365 rows");
    expect(told[1]).toMatch(/^c0 .* c11$/);
    expect(told.at(-1)).toBe("… 12,345 more rows, 2 more columns");
    expect(html(rows)).toContain("… 12,345 more rows, 2 more columns");
  });

  test("with whole numbers whole, others with seven digits, short lists and records in their cells", () => {
    expect(text([{ id: 12345678901, sum: 0.1 + 0.2, big: 10n ** 20n, list: [1, "a"], at: { x: 1 }, ok: true }])).toBe(
      lines(
        "1 row",
        "         id  sum                     big  list      at        ok",
        "───────────  ───  ──────────────────────  ────────  ────────  ────",
        '12345678901  0.3  100000000000000000000n  [1, "a"]  { x: 1 }  true',
      ),
    );
  });

  test("but not where it would say less than an inspector, or where the objects are of different kinds", () => {
    for (const value of [
      [],
      [{}],
      [{ kids: [{ v: 1 }] }],
      [{ run() {} }],
      [
        new (class Point {
          x = 1;
        })(),
      ],
      [{ a: 1 }, 2],
      [{ a: 1 }, { b: 1 }, { c: 1 }],
      [{ x: "a".repeat(5), nested: { deep: { deeper: 1 } } }],
    ])
      expect(valueBundle(value)).toBeUndefined();
  });
});

test("a Map is a table of keys and values, or of keys and the columns of its records", () => {
  expect(
    text(
      new Map<unknown, unknown>([
        ["a", 1],
        ["b", 22],
      ]),
    ),
  ).toBe(lines("Map(2)", "key  value", "───  ─────", "a        1", "b       22"));
  expect(
    text(
      new Map([
        ["a", { x: 1 }],
        ["b", { x: 2 }],
      ]),
    ),
  ).toBe(lines("Map(2)", "   x", "─  ─", "a  1", "b  2"));
  expect(valueBundle(new Map())).toBeUndefined();
  expect(valueBundle(new Map([["a", new Map()]]))).toBeUndefined();
  const large = new Map(Array.from({ length: 1000 }, (_, i) => [i, i]));
  expect(String(text(large)).split("\n").at(-1)).toBe("… 980 more rows");
});

test("a record of records with the same keys is a table; other records are not", () => {
  expect(text({ ada: { age: 36 }, alan: { age: 41 } })).toBe(
    lines("2 rows", "      age", "────  ───", "ada    36", "alan   41"),
  );
  expect(valueBundle({ a: 1 })).toBeUndefined();
  expect(valueBundle({ a: { x: 1 }, b: { y: 1 } })).toBeUndefined();
});

describe("numbers", () => {
  test("in rows of one length are a matrix under its shape", () => {
    expect(
      text([
        [1, 2.5],
        [-10, 0.1 + 0.2],
        [Number.NaN, -0],
      ]),
    ).toBe(lines("3×2", "  1  2.5", "-10  0.3", "NaN   -0"));
    expect(text([new Float64Array([1, 2]), new Float64Array([3, 4])])).toBe(lines("2×2", "1  2", "3  4"));
    expect(html([[1, 2]])).toContain("1×2");
    const large = Array.from({ length: 300 }, () => new Array(400).fill(7));
    expect(String(text(large)).split("\n").at(-1)).toBe("… 280 more rows, 388 more columns");
  });

  test("in rows of different lengths, or with a hole, are none", () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    for (const value of [[[1, 2], [3]], [[1, , 3]], [[]], [[1]], [1, 2], [["a"]]])
      expect(valueBundle(value)).toBeUndefined();
  });

  test("in a long typed array stand ten in a line, with their places", () => {
    const told = String(text(Float64Array.from({ length: 1000 }, (_, i) => i / 8))).split("\n");
    expect(told[0]).toBe("Float64Array(1000)");
    expect(told[2]).toBe("10    1.25   1.375    1.5   1.625   1.75   1.875      2   2.125   2.25   2.375");
    expect(told.at(-1)).toBe("… 800 more");
    expect(valueBundle(new Float64Array(12))).toBeUndefined();
    expect(valueBundle(Buffer.alloc(100))).toBeUndefined();
    expect(valueBundle(new BigInt64Array(100))).toBeUndefined();
  });
});

describe("bytes that begin as a picture are shown as one", () => {
  const bytes = (head: string, length = 40) => Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(length)]);

  test.each([
    ["image/png", "PNG", "\x89PNG\r\n\x1a\n"],
    ["image/jpeg", "JPEG", "\xff\xd8\xff\xe0"],
    ["image/gif", "GIF", "GIF89a"],
    ["image/webp", "WebP", "RIFF\0\0\0\0WEBP"],
  ])("%s", (mime, name, head) => {
    const picture = bytes(head);
    const shown = { [mime]: picture.toString("base64"), "text/plain": `${name} image, ${picture.length} bytes` };
    expect(valueBundle(picture)).toEqual(shown);
    expect(valueBundle(new Uint8Array(picture))).toEqual(shown);
    expect(valueBundle(new Uint8Array(picture).buffer)).toEqual(shown);
  });

  test("SVG as its text; one that could run something is not drawn", () => {
    const svg = '<?xml version="1.0"?>\n<!-- c -->\n<svg xmlns="http://www.w3.org/2000/svg"><rect width="1"/></svg>';
    expect(valueBundle(Buffer.from(svg))).toEqual({
      "image/svg+xml": svg,
      "text/plain": `SVG image, ${svg.length} bytes`,
    });
    for (const part of [
      "<script>alert(1)</script>",
      "<rect onload='x()'/>",
      "<a href='javascript:x()'/>",
      "<image href='https://example.org/a.png'/>",
      "<foreignObject/>",
    ]) {
      const shown = valueBundle(Buffer.from(`<svg>${part}</svg>`));
      expect(Object.keys(shown ?? {})).toEqual(["text/plain"]);
      expect(shown?.["text/plain"]).toMatch(/, not drawn: it holds scripts or links$/);
    }
  });

  test("and other bytes are not", () => {
    for (const value of [
      Buffer.from("<html>"),
      bytes("GIF90a"),
      bytes("RIFF0000WAVE"),
      Buffer.alloc(0),
      new ArrayBuffer(4),
    ])
      expect(valueBundle(value)).toBeUndefined();
  });
});

describe("a Plotly figure", () => {
  const figure = {
    data: [
      { type: "scatter", name: "loss", x: [1, 2], y: Float64Array.of(0.5, Number.NaN) },
      { type: "bar", y: [3] },
    ],
    layout: { title: { text: "Training" }, shown: undefined },
  };

  test("is drawn where it can be, and told as a list of its traces elsewhere", () => {
    const bundle = valueBundle(figure);
    expect(bundle?.["application/vnd.plotly.v1+json"]).toEqual({
      data: [
        { type: "scatter", name: "loss", x: [1, 2], y: [0.5, null] },
        { type: "bar", y: [3] },
      ],
      layout: { title: { text: "Training" } },
    });
    expect(bundle?.["text/plain"]).toBe(
      lines(
        "Plotly figure “Training”, 2 traces",
        "name  type     points",
        "────  ───────  ──────",
        "loss  scatter       2",
        "      bar           1",
      ),
    );
    expect(bundle?.["text/html"]).toContain("<table");
  });

  test("is not what only has its words, a getter, a function or a cycle", () => {
    const ring: { type: string; self?: object } = { type: "bar" };
    ring.self = ring;
    for (const value of [
      { data: [{ type: "scatter" }] },
      { data: [], layout: {} },
      { data: [{ type: "user" }], layout: {} },
      {
        data: [
          {
            type: "bar",
            get y() {
              throw new Error("asked");
            },
          },
        ],
        layout: {},
      },
      {
        data: [
          {
            type: "bar",
            toJSON() {
              throw new Error("asked");
            },
          },
        ],
        layout: {},
      },
      { data: [ring], layout: {} },
    ])
      expect(valueBundle(value)).toBeUndefined();
  });
});

test("no code of the value runs: getters, iterators, toString and traps that throw are never reached or never harm", () => {
  const asked = () => {
    throw new Error("asked");
  };
  const trap = new Proxy({}, { getPrototypeOf: asked, ownKeys: asked, get: asked, getOwnPropertyDescriptor: asked });
  class OddMap extends Map<string, number> {
    override get size(): number {
      return asked();
    }
    override entries = asked;
    override [Symbol.iterator] = asked;
  }
  for (const value of [
    [
      {
        get a() {
          return asked();
        },
      },
    ],
    [{ a: { toString: asked } }],
    [trap],
    [[1, trap]],
    trap,
    { a: trap, b: trap },
    new Map([[trap, 1]]),
    Object.defineProperty([1, 2], 0, { get: asked }),
    Object.create({ constructor: null }),
  ])
    expect(valueBundle(value as object)).toBeUndefined();
  expect(text(new OddMap([["a", 1]]))).toBe(lines("Map(1)", "key  value", "───  ─────", "a        1"));
});
