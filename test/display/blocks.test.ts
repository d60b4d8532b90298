import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { blockSheet } from "../../kernel/src/display/blocks.js";
import { blockBundle, heatmapBundle } from "../../kernel/src/display/index.js";
import { geometry } from "../../kernel/src/display/sheet/geometry.js";

/** ∂(BC)_ij/∂B_kl = δ_ik C_lj with B: 2×2 and C: 2×3. */
const C = [
  [1, 2, -1],
  [0.5, -2, 3],
];
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const product = {
  shape: [2, 3, 2, 2],
  data: range(2).flatMap((i) =>
    range(3).flatMap((j) => range(2).flatMap((k) => range(2).map((l) => (i === k ? C[l]![j]! : 0)))),
  ),
};
/** ∂(Wx)_i/∂W_kl = δ_ik x_l with x = (1, 2). */
const affine = {
  shape: [3, 3, 2],
  data: range(3).flatMap((i) => range(3).flatMap((k) => range(2).map((l) => (i === k ? l + 1 : 0)))),
};

describe("blocks of ∂(BC)/∂B", () => {
  test("block (k,l) is zero except row k, which is row l of C", () =>
    expect(blockBundle(product)["text/plain"]).toMatchInlineSnapshot(`
      "∂A/∂B
                l=1            │  l=2
                j=1  j=2   j=3 │  j=1   j=2  j=3
      k=1  i=1  1.0  2.0  −1.0 │  0.5  −2.0  3.0
           i=2    ·    ·     · │    ·     ·    ·
      ─────────────────────────┼────────────────
      k=2  i=1    ·    ·     · │    ·     ·    ·
           i=2  1.0  2.0  −1.0 │  0.5  −2.0  3.0
      2×2 blocks of 2×3: block (k,l) is ∂A/∂B_kl.
      2×3×2×2, output axes first; 12 of 24 entries are not zero."
    `));
  test("nested the other way", () =>
    expect(blockBundle(product, { nesting: "output-major" })["text/plain"]).toMatchInlineSnapshot(`
      "∂A/∂B
                j=1      │  j=2       │  j=3
                l=1  l=2 │  l=1   l=2 │   l=1  l=2
      i=1  k=1  1.0  0.5 │  2.0  −2.0 │  −1.0  3.0
           k=2    ·    · │    ·     · │     ·    ·
      ───────────────────┼────────────┼───────────
      i=2  k=1    ·    · │    ·     · │     ·    ·
           k=2  1.0  0.5 │  2.0  −2.0 │  −1.0  3.0
      2×3 blocks of 2×2: block (i,j) is ∂A_ij/∂B.
      2×3×2×2, output axes first; 12 of 24 entries are not zero."
    `));
  test("the vec view is Cᵀ ⊗ I, column-major", () =>
    expect(blockBundle(product, { view: "vec" })["text/plain"]).toMatchInlineSnapshot(`
      "∂A/∂B
      rows: vec A, column by column; columns: vec B, column by column
                l=1        │  l=2
                 B₁₁   B₂₁ │   B₁₂   B₂₂
      j=1  A₁₁   1.0     · │   0.5     ·
           A₂₁     ·   1.0 │     ·   0.5
      ─────────────────────┼────────────
      j=2  A₁₂   2.0     · │  −2.0     ·
           A₂₂     ·   2.0 │     ·  −2.0
      ─────────────────────┼────────────
      j=3  A₁₃  −1.0     · │   3.0     ·
           A₂₃     ·  −1.0 │     ·   3.0
      ∂vec A/∂(vec B)ᵀ, 6×4, column-major.
      2×3×2×2, output axes first; 12 of 24 entries are not zero."
    `));
  test("every view shows the same entries under the same names", () => {
    const views = [{}, { nesting: "output-major" as const }, { view: "vec" as const }];
    const names = views.map((view) => {
      const sheet = blockSheet(product, view);
      const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
      return range(rows * cols).map((n) => sheet.hover(Math.floor(n / cols), n % cols));
    });
    expect(new Set(names[0])).toContain("∂A₁₃/∂B₁₂ = 3");
    for (const other of names) expect([...other].sort()).toEqual([...names[0]!].sort());
  });
  test("a table has headings for blocks and for places", () => {
    const html = blockBundle(product)["text/html"] as string;
    expect(html.match(/scope="colgroup"/g)).toHaveLength(2);
    expect(html.match(/scope="rowgroup" rowspan="2"/g)).toHaveLength(2);
    expect(html.match(/<td style="background-color/g)).toHaveLength(24);
    expect(html.match(/color:#595959[^>]*>·</g)).toHaveLength(12);
    expect(html).not.toMatch(/<script|onclick|<style/);
  });
  test("a picture has gaps between the blocks", () => {
    const bundle = blockBundle(product);
    const { width, data } = decode(Uint8Array.from(Buffer.from(bundle["image/png"] as string, "base64")));
    const place = geometry(blockSheet(product));
    const pixel = (x: number, y: number): number[] => [...data.slice(3 * (y * width + x), 3 * (y * width + x) + 3)];
    const middle = place.tops[1]! + Math.round(place.cellHeight / 4);
    expect(pixel(place.lefts[3]! - 6, middle)).toEqual([255, 255, 255]);
    expect(pixel(place.lefts[3]! + 8, middle)).toEqual([247, 247, 247]);
  });
});

describe("blocks of ∂(Wx)/∂W", () => {
  test("6 of 18 entries are not zero; hover has the formula", () => {
    const sheet = blockSheet(affine, {
      output: "y",
      variable: "W",
      formula: ([i], [k, l]) => (i === k ? `x${"₁₂"[l!]}` : "0"),
    });
    expect(sheet.notes).toContain("3×3×2, output axes first; 6 of 18 entries are not zero.");
    expect(sheet.hover(4, 0)).toBe("∂y₂/∂W₂₁ = x₁ = 1");
    expect(sheet.hover(0, 0)).toBe("∂y₁/∂W₁₁ = x₁ = 1");
    expect(sheet.hover(1, 1)).toBe("∂y₂/∂W₁₂ = 0");
  });
  test("in a terminal", () =>
    expect(blockBundle(affine, { output: "y", variable: "W" })["text/plain"]).toMatchInlineSnapshot(`
      "∂y/∂W
                l=1 │  l=2
      k=1  i=1    1 │    2
           i=2    · │    ·
           i=3    · │    ·
      ──────────────┼─────
      k=2  i=1    · │    ·
           i=2    1 │    2
           i=3    · │    ·
      ──────────────┼─────
      k=3  i=1    · │    ·
           i=2    · │    ·
           i=3    1 │    2
      3×2 blocks of 3×1: block (k,l) is ∂y/∂W_kl.
      3×3×2, output axes first; 6 of 18 entries are not zero."
    `));
  test("the vec view is xᵀ ⊗ I", () =>
    expect(blockBundle(affine, { output: "y", variable: "W", view: "vec" })["text/plain"]).toMatchInlineSnapshot(`
      "∂y/∂W
      rows: y; columns: vec W, column by column
          l=1           │  l=2
          W₁₁  W₂₁  W₃₁ │  W₁₂  W₂₂  W₃₂
      y₁    1    ·    · │    2    ·    ·
      y₂    ·    1    · │    ·    2    ·
      y₃    ·    ·    1 │    ·    ·    2
      ∂y/∂(vec W)ᵀ, 3×6, column-major.
      3×3×2, output axes first; 6 of 18 entries are not zero."
    `));
});

test("a heatmap of such a tensor is its blocks", () =>
  expect(heatmapBundle(product)["text/plain"]).toBe(blockBundle(product)["text/plain"]));

test("other orders and sizes are errors", () => {
  expect(() => blockBundle({ shape: [2, 2], data: [1, 2, 3, 4] })).toThrow(
    "blocks: expected a tensor of order 3 or 4, got order 2",
  );
  expect(() => blockBundle({ shape: [2, 2, 1], data: [1] })).toThrow("blocks: a 2×2×1 tensor cannot have 1 numbers");
});
