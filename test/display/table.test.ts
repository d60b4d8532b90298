import { expect, test } from "vitest";
import { tableBundle } from "../../kernel/src/display/index.js";

const reverse = [
  { name: { latex: "v_1" }, expression: { latex: "y\\sin|v_0|" }, value: 2, adjoint: 1 },
  { name: { latex: "v_2" }, expression: { latex: "x + y" }, value: 0.25, adjoint: -0.5 },
];

test("a table of reverse differentiation: mathematics in Markdown, so no HTML", () => {
  const bundle = tableBundle(reverse, { headings: { adjoint: { latex: "\\bar v", text: "adjoint" } } });
  expect(Object.keys(bundle)).toEqual(["text/markdown", "text/plain"]);
  expect(bundle["text/markdown"]).toMatchInlineSnapshot(`
    "| name | expression | value | $\\bar v$ |
    | :--- | :--- | ---: | ---: |
    | $v_1$ | $y\\sin\\vert v_0\\vert $ | 2.00 | 1.0 |
    | $v_2$ | $x + y$ | 0.25 | −0.5 |"
  `);
  expect(bundle["text/plain"]).toMatchInlineSnapshot(`
    "name  expression  value  adjoint
    ────  ──────────  ─────  ───────
    v₁    y sin|v₀|    2.00      1.0
    v₂    x + y        0.25     −0.5"
  `);
});

test("an array of plain objects: every key is a column, words are only words", () => {
  const bundle = tableBundle(
    [
      { a: 1, b: "x|y <i>" },
      { a: -2.5, c: [1, 0.5] },
    ],
    { caption: "Two rows." },
  );
  expect(bundle["text/markdown"]).toMatchInlineSnapshot(`
    "| a | b | c |
    | ---: | :--- | :--- |
    | 1.0 | x\\|y &lt;i&gt; |  |
    | −2.5 |  | \\[1.0, 0.5\\] |

    Two rows."
  `);
  expect(bundle["text/html"]).toMatchInlineSnapshot(`
    "<table>
    <caption>Two rows.</caption>
    <thead><tr><th scope="col" style="text-align:right;">a</th><th scope="col" style="text-align:left;">b</th><th scope="col" style="text-align:left;">c</th></tr></thead>
    <tbody>
    <tr><td style="text-align:right;">1.0</td><td style="text-align:left;">x|y &lt;i&gt;</td><td style="text-align:left;"></td></tr>
    <tr><td style="text-align:right;">−2.5</td><td style="text-align:left;"></td><td style="text-align:left;">[1.0, 0.5]</td></tr>
    </tbody>
    </table>"
  `);
  expect(bundle["text/plain"]).toMatchInlineSnapshot(`
    "   a  b        c
    ────  ───────  ──────────
     1.0  x|y <i>
    −2.5           [1.0, 0.5]
    Two rows."
  `);
});

test("digits, chosen columns, and a count of the rows that are not shown", () => {
  const rows = Array.from({ length: 5 }, (_, i) => ({ i, third: i / 3 }));
  expect(tableBundle(rows, { columns: ["third"], digits: 6, most: 2 })["text/plain"]).toBe(
    "   third\n────────\n0.000000\n0.333333\n3 more rows",
  );
});

test("an object that refers to itself is named by its kind", () => {
  const loop: Record<string, unknown> = {};
  loop.me = loop;
  expect(tableBundle([{ loop }])["text/plain"]).toContain("[object Object]");
});
