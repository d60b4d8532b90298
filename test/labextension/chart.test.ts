// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { type ChartOptions, chart, tickText } from "../../labextension/src/view/chart.js";

const options: ChartOptions = {
  width: 320,
  height: 180,
  label: "error over step",
  x: { title: "step", log: true, from: 1e-13, to: 1e-1 },
  y: { title: "error", log: true, from: 1e-13, to: 1 },
  lines: [
    {
      name: "error",
      points: [
        [1e-13, 1e-3],
        [1e-5, 1e-11],
        [1e-1, 1e-2],
      ],
    },
  ],
};
const texts = (node: Element): (string | null)[] =>
  Array.from(node.querySelectorAll("text"), (text) => text.textContent);
const path = (node: Element): string => node.querySelector(".jp-nabla-Chart-line")!.getAttribute("d")!;

test("powers of ten have raised exponents, other numbers a true minus sign", () => {
  expect([1e-5, 1e-13, 1, 1000].map((value) => tickText(value, true))).toEqual(["10⁻⁵", "10⁻¹³", "1", "10³"]);
  expect([0.25, -2].map((value) => tickText(value))).toEqual(["0.25", "−2"]);
});

test("ticks are thinned to the room that there is", () => {
  const narrow = texts(chart({ ...options, width: 230 })).filter((text) => text!.startsWith("10"));
  const wide = texts(chart({ ...options, width: 640 })).filter((text) => text!.startsWith("10"));
  expect(narrow.length).toBeLessThan(wide.length);
  expect(texts(chart({ ...options, x: { title: "", from: 0, to: 200 } }))).toContain("100");
});

test("a line goes through its points, and is broken where an axis cannot hold a value", () => {
  expect(path(chart(options)).match(/[ML]/g)).toEqual(["M", "L", "L"]);
  const broken = [
    {
      name: "",
      points: [
        [1e-9, 1],
        [1e-8, 0],
        [1e-7, 1],
        [1e-6, Number.NaN],
      ] as const,
    },
  ];
  expect(path(chart({ ...options, lines: broken })).match(/[ML]/g)).toEqual(["M", "M"]);
});

test("several lines differ in their dashes and have their names beside them", () => {
  const two = chart({ ...options, lines: [...options.lines, { name: "other", points: [] }] });
  const dashes = Array.from(two.querySelectorAll("[data-line]"), (line) => line.getAttribute("stroke-dasharray"));
  expect(new Set(dashes).size).toBe(2);
  expect(texts(two)).toEqual(expect.arrayContaining(["error", "other"]));
});

test("a screen reader gets the sentence", () => {
  expect(chart(options).getAttribute("role")).toBe("img");
  expect(chart(options).getAttribute("aria-label")).toBe("error over step");
});
