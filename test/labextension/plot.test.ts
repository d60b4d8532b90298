import { expect, test } from "vitest";
import { needsFull } from "../../labextension/src/plot/bundle.js";
import { fitted, merge, themedLayout } from "../../labextension/src/plot/theme.js";

const colours = { text: "white", line: "grey", font: "sans" };

test("flat figures do with the small bundle, surfaces need the full one", () => {
  expect(needsFull([{}, { type: "heatmap" }, { type: "contour" }])).toBe(false);
  expect(needsFull([{ type: "scatter" }, { type: "surface" }])).toBe(true);
});

test("the theme is under the figure: what the figure says wins, at every depth", () => {
  const layout = themedLayout({ font: { color: "red" }, xaxis: { title: "w" }, yaxis3: {} }, colours);
  expect(layout).toMatchObject({
    font: { color: "red", family: "sans" },
    xaxis: { title: "w", gridcolor: "grey" },
    yaxis3: { gridcolor: "grey" },
    paper_bgcolor: "rgba(0,0,0,0)",
  });
});

test("merging leaves lists and what it is given alone", () => {
  const under = { a: { b: [1, 2], c: 1 } };
  expect(merge(under, { a: { b: [3] } })).toEqual({ a: { b: [3], c: 1 } });
  expect(under).toEqual({ a: { b: [1, 2], c: 1 } });
});

test("a figure keeps its own width where there is room for it", () => {
  expect(fitted({ width: 300 }, 800)).toEqual({ width: 300 });
  expect(fitted({ width: 900, height: 5 }, 800)).toEqual({ height: 5 });
  expect([{ width: 300 }, {}].map((layout) => themedLayout(layout, colours).autosize)).toEqual([false, true]);
});
