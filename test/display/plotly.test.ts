import { describe, expect, test } from "vitest";
import { blockBundle } from "../../kernel/src/display/blocks.js";
import { type Bundle, heatmapBundle } from "../../kernel/src/display/index.js";

interface Annotation {
  text: string;
  x: number | string;
  y: number | string;
}
interface Figure {
  data: { type: string; z: (number | null)[][]; x: number[]; text: string | string[][] }[];
  layout: {
    xaxis: { ticktext: string[]; tickvals: number[]; title: { text: string } };
    yaxis: { ticktext: string[]; range: number[] };
    annotations: Annotation[];
    shapes: { type: string }[];
    plot_bgcolor: string;
    width: number;
    height: number;
    margin: { l: number; r: number; t: number; b: number };
  };
}
const figure = (bundle: Bundle): Figure => bundle["application/vnd.plotly.v1+json"] as Figure;

/** ∂(W x)/∂W of a 3×2 W: 3×3×2, six of eighteen entries are not zero. */
const data = Array.from({ length: 18 }, (_, n) => (Math.floor(n / 6) === Math.floor((n % 6) / 2) ? (n % 2) + 1 : 0));
const blocks = figure(blockBundle({ shape: [3, 3, 2], data }, { output: "y", variable: "W" }));
const heatmap = figure(heatmapBundle({ rows: 2, cols: 2, data: [1, 0, -1, 2] }, { title: "A" }));

describe("blocks as a plot", () => {
  test("every row and column has its label and every block has one outside of them", () => {
    expect(blocks.layout.xaxis.ticktext).toEqual(["", ""]);
    expect(blocks.layout.yaxis.ticktext).toEqual(Array(3).fill(["i=1", "i=2", "i=3"]).flat());
    expect(blocks.layout.annotations.map(({ text }) => text)).toEqual(
      ["k=1", "k=2", "k=3", "l=1", "l=2"].map((label) => `<b>${label}</b>`),
    );
    expect(blocks.layout.annotations.map(({ x, y }) => [x, y])).toEqual([
      [0, 2],
      [0, 5],
      [0, 8],
      [1, 1],
      [2, 1],
    ]);
  });
  test("a zero is a gap with a dot in the colour of the text, on a tint that suits a light and a dark page", () => {
    const [cells, dots] = blocks.data;
    expect(cells!.z.flat().filter((value) => value === null)).toHaveLength(12);
    expect([dots!.type, dots!.text, dots!.x.length]).toEqual(["scatter", "·", 12]);
    expect(blocks.layout.plot_bgcolor).toBe("rgba(128,128,128,0.12)");
  });
  test("a frame and lines bound the blocks", () =>
    expect(blocks.layout.shapes.map(({ type }) => type)).toEqual(["rect", "line", "line", "line"]));
});

describe("a small heatmap as a plot", () => {
  const { width, height, margin } = heatmap.layout;
  test("is as large as its cells and what stands around them", () =>
    expect([width - margin.l - margin.r, height - margin.t - margin.b]).toEqual([112, 112]));
  test("shows a zero as a number on its colour", () => {
    expect(heatmap.data).toHaveLength(1);
    expect(heatmap.data[0]!.z).toEqual([
      [1, 0],
      [-1, 2],
    ]);
    expect(heatmap.layout.shapes).toEqual([]);
  });
});
