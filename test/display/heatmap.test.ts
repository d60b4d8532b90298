import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { cellColour, contrast, type Rgb } from "../../kernel/src/display/colour.js";
import { matrixSheet } from "../../kernel/src/display/heatmap.js";
import { type Bundle, heatmapBundle } from "../../kernel/src/display/index.js";
import { geometry } from "../../kernel/src/display/sheet/geometry.js";

const W1 = { rows: 3, cols: 2, data: [0.055388, 0.110776, -0.059484, -0.118969, 0.010083, 0.020165] };
const options = { title: "∂L/∂W1", layout: "denominator" as const };

/** The plotly figure as the test looks into it. */
interface Figure {
  data: [{ z: (number | null)[][]; zmin: number; zmax: number; hovertext: string[][]; text?: string[][] }];
  layout: {
    xaxis: { range: number[] };
    yaxis: { range: number[] };
    width: number;
    margin: { l: number; r: number };
    shapes: object[];
    title: { text: string };
    paper_bgcolor: string;
  };
}
const figure = (bundle: Bundle): Figure => bundle["application/vnd.plotly.v1+json"] as Figure;
const html = (bundle: Bundle): string => bundle["text/html"] as string;
const picture = (bundle: Bundle) => decode(Uint8Array.from(Buffer.from(bundle["image/png"] as string, "base64")));

const rgb = (text: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb;

describe("a gradient as a heatmap", () => {
  const bundle = heatmapBundle(W1, options);
  test("in a terminal", () =>
    expect(bundle["text/plain"]).toMatchInlineSnapshot(`
    "∂L/∂W1
            1       2
    1   0.055   0.111
    2  −0.059  −0.119
    3   0.010   0.020
    3×2, denominator layout"
  `));
  test("as a table", () =>
    expect(html(bundle)).toMatchInlineSnapshot(`
      "<table style="border-collapse:separate;border-spacing:1px;">
      <caption style="text-align:left;padding:2px 0;white-space:nowrap;"><strong>∂L/∂W1</strong></caption>
      <thead>
      <tr><td colspan="1"></td><th scope="col" style="padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;">1</th><th scope="col" style="padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;">2</th></tr>
      </thead>
      <tbody>
      <tr><th scope="row" style="padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;">1</th><td style="background-color:#a299c6;color:#000000;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[1,1] = 0.055388">0.055</td><td style="background-color:#3a0d60;color:#ffffff;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[1,2] = 0.110776">0.111</td></tr>
      <tr><th scope="row" style="padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;">2</th><td style="background-color:#ef9d3c;color:#000000;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[2,1] = −0.059484">−0.059</td><td style="background-color:#7f3b08;color:#ffffff;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[2,2] = −0.118969">−0.119</td></tr>
      <tr><th scope="row" style="padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;">3</th><td style="background-color:#eaebf2;color:#000000;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[3,1] = 0.010083">0.010</td><td style="background-color:#dddeed;color:#000000;padding:4px 8px;text-align:right;white-space:nowrap;" title="(∂L/∂W1)[3,2] = 0.020165">0.020</td></tr>
      </tbody>
      </table>
      <p>3×2, denominator layout</p>"
    `));
  test("as a plot: symmetric around zero, row 1 on top, named entries, clear paper", () => {
    const [trace] = figure(bundle).data;
    expect([trace.zmin, trace.zmax]).toEqual([-0.118969, 0.118969]);
    expect(trace.z[1]).toEqual([-0.059484, -0.118969]);
    expect(trace.hovertext[1]![1]).toBe("(∂L/∂W1)[2,2] = −0.118969");
    expect(trace.text![0]).toEqual(["0.055", "0.111"]);
    expect(figure(bundle).layout.yaxis.range).toEqual([3.5, 0.5]);
    expect(figure(bundle).layout.paper_bgcolor).toBe("rgba(0,0,0,0)");
    expect(figure(bundle).layout.title.text).toContain("denominator layout");
  });
  test("as a picture: its size, and the colour of every cell", () => {
    const place = geometry(matrixSheet(W1, options));
    const { width, height, data, channels } = picture(bundle);
    expect([width, height, channels]).toEqual([place.width, place.height, 3]);
    // A quarter into the cell: its middle is under the number.
    for (const [r, y] of place.tops.entries())
      for (const [c, x] of place.lefts.entries()) {
        const at = 3 * (Math.round(y + place.cellHeight / 8) * width + Math.round(x + place.cellWidth / 8));
        expect([...data.slice(at, at + 3)]).toEqual(cellColour(W1.data[2 * r + c]!, 0.118969));
      }
  });
  test("there is dark text in the middle of a light cell", () => {
    const place = geometry(matrixSheet(W1, options));
    const { width, data } = picture(bundle);
    const row = Math.round(place.tops[2]! + place.cellHeight / 2);
    const lights = Array.from(
      { length: place.cellWidth - 4 },
      (_, x) => data[3 * (row * width + place.lefts[0]! + x)]!,
    );
    expect(Math.min(...lights)).toBeLessThan(60);
  });
});

test("the text of every cell of a table has a contrast of 4.5 or more", () => {
  const n = 40;
  const data = Array.from({ length: n * n }, (_, i) => Math.sin(i) * 3);
  const cells = [...html(heatmapBundle({ rows: n, cols: n, data })).matchAll(/background-color:(#\w+);color:(#\w+);/g)];
  expect(cells).toHaveLength(n * n);
  for (const [, background, colour] of cells)
    expect(contrast(rgb(background!), rgb(colour!))).toBeGreaterThanOrEqual(4.5);
});

test("hover text of the caller is shown, and HTML in it is text", () => {
  const bundle = heatmapBundle({ rows: 1, cols: 2, data: [1, 2] }, { hover: [["∂y₂/∂W₂₁ = x₁ = 1", '<b>"&']] });
  expect(figure(bundle).data[0].hovertext[0]).toEqual(["∂y₂/∂W₂₁ = x₁ = 1", '&lt;b&gt;"&amp;']);
  expect(html(bundle)).toContain('title="&lt;b&gt;&quot;&amp;"');
});

test("NaN and ∞ are hatched and said, and do not stretch the scale", () => {
  const bundle = heatmapBundle({ rows: 2, cols: 2, data: [1, Number.NaN, Number.NEGATIVE_INFINITY, -2] });
  const said = "2 entries are not finite (1 NaN, 1 ±∞), hatched.";
  expect(figure(bundle).data[0].z).toEqual([
    [1, null],
    [null, -2],
  ]);
  expect(figure(bundle).data[0].zmax).toBe(2);
  expect(figure(bundle).layout.shapes).toHaveLength(4);
  expect(html(bundle)).toContain(said);
  expect(html(bundle).match(/repeating-linear-gradient/g)).toHaveLength(2);
  expect(bundle["text/plain"]).toBe(`    1    2\n1   1  NaN\n2  −∞   −2\n2×2\n${said}`);
  expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
});

test("all zeros", () => {
  const bundle = heatmapBundle({ rows: 1, cols: 1, data: [0] });
  expect(figure(bundle).data[0].zmax).toBe(1);
  expect(bundle["text/plain"]).toBe("   1\n1  0\n1×1");
});

test("more than 40 rows are described, and a picture drawn smaller says so", () => {
  const n = 400;
  const data = new Float64Array(n * n);
  data[12345] = -7;
  data[3] = 2.5;
  const bundle = heatmapBundle({ rows: n, cols: n, data });
  const said = "400×400: too large to list (more than 40 rows or columns); from −7 to 2.500, 100 % zeros.";
  expect(bundle["text/plain"]).toBe(`${said}\n400×400`);
  expect(html(bundle)).toBe(`<p></p>\n<p>${said}<br>400×400</p>`);
  const { data: traces, layout } = figure(bundle);
  expect(traces[0].z).toHaveLength(200);
  expect(Math.min(...(traces[0].z.flat() as number[]))).toBe(-7);
  expect(traces[0].hovertext[15]![172]).toBe("row 31, column 346 = −7");
  expect(layout.title.text).toContain("each place is the entry of largest magnitude of a 2×2 part");
  expect(picture(bundle).width).toBeLessThan(1600);
});

test("a title that is a symbol names the entries, one of several words does not", () => {
  const hover = (title: string) => matrixSheet({ rows: 1, cols: 2, data: [1, 2] }, { title }).hover(0, 1);
  expect(hover("A")).toBe("A₁₂ = 2");
  expect(hover("loss by epoch")).toBe("row 1, column 2 = 2");
});

test("a tensor of one axis is a column, one of no axes is one number", () => {
  expect(heatmapBundle({ shape: [2], data: [1, 2] })["text/plain"]).toBe("   1\n1  1\n2  2\n2×1");
  expect(heatmapBundle({ shape: [], data: [3] })["text/plain"]).toBe("   1\n1  3\n1×1");
});

test("sizes that do not fit are errors", () => {
  expect(() => heatmapBundle({ rows: 2, cols: 2, data: [1] })).toThrow("heatmap: a 2×2 matrix has 4 numbers, got 1");
  expect(() => heatmapBundle({ rows: 0, cols: 2, data: [] })).toThrow(
    "heatmap: expected at least one row and one column, got 0×2",
  );
  expect(() => heatmapBundle(W1, { rowLabels: ["a"] })).toThrow("heatmap: rowLabels has 1 labels for 3");
});
