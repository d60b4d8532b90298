/** Plots of a notebook: the numbers of the figure are the engine's, every refusal by its whole message, every form is there. */
import { readFileSync } from "node:fs";
import { decode } from "fast-png";
import { afterEach, describe, expect, test } from "vitest";
import { autodiff, d, expr, plot } from "../../kernel/src/notebook/index.js";

const PLOTLY = "application/vnd.plotly.v1+json";
interface Trace {
  type: string;
  name?: string;
  mode?: string;
  x: (number | null)[];
  y: (number | null)[];
  z: (number | null)[][];
  text?: string[];
}
interface Figure {
  data: Trace[];
  layout: {
    title: { text: string };
    sliders?: { steps: { label: string; args: [{ x: number[][]; y: number[][] }, number[]] }[] }[];
    shapes?: { name?: string }[];
  };
}
type Shown = { [PLOTLY]: Figure; "image/png": string; "text/plain": string };
const shown = (value: object): Shown => (value as Record<symbol, () => Shown>)[Symbol.for("Jupyter.display")]!();
const figure = (value: object): Figure => shown(value)[PLOTLY];
const six = (x: number): number => Number(x.toPrecision(6));

const LOSS = "norm(tanh(W x + b) - y)^2";
const where = "W: 2×2, x: 2, b: 2, y: 2, w1: scalar, w2: scalar, t: scalar";
const POINT = {
  W: [
    [0.5, -1],
    [1, 0.25],
  ],
  x: [1, 2],
  b: [0.1, -0.2],
  y: [0.3, 0.6],
};
const AXES = { "W[1,2]": [-2, 2], "b[1]": [-1, 1] } as const;

describe("a contour", () => {
  const made = plot.contour(LOSS, AXES, { where, at: POINT, points: 5 });

  test("has the engine's values at its points, a row for every y", () => {
    const { x, y, value } = made.numbers();
    expect([x, y]).toEqual([
      [-2, -1, 0, 1, 2],
      [-1, -0.5, 0, 0.5, 1],
    ]);
    const f = expr(LOSS, where);
    y.forEach((v, r) => {
      x.forEach((u, c) => {
        const at = {
          ...POINT,
          W: [
            [0.5, u],
            [1, 0.25],
          ],
          b: [v, -0.2],
        };
        expect(value[r]![c]).toBeCloseTo(f.at(at).data[0]!, 13);
      });
    });
    expect(figure(made).data[0]!.z).toEqual(value.map((row) => row.map(six)));
  });

  test("descends along the engine's gradient, from the point itself, step by step", () => {
    const path = made.descent({ rate: 0.05, steps: 3 }).paths()[0]!;
    expect([path.x[0], path.y[0]]).toEqual([-1, 0.1]);
    for (let k = 0; k < 3; k++) {
      const at = {
        ...POINT,
        W: [
          [0.5, path.x[k]!],
          [1, 0.25],
        ],
        b: [path.y[k]!, -0.2],
      };
      const [dW, db] = [d(LOSS, "W", { where }).at(at).data, d(LOSS, "b", { where }).at(at).data];
      expect(path.x[k + 1]).toBeCloseTo(path.x[k]! - 0.05 * dW[1]!, 13);
      expect(path.y[k + 1]).toBeCloseTo(path.y[k]! - 0.05 * db[0]!, 13);
      expect(path.slope[k]).toBeCloseTo(Math.hypot(dW[1]!, db[0]!), 13);
    }
  });

  test("with momentum keeps a share of its last step", () => {
    const quadratic = plot.contour("w1^2 + w2^2", { w1: [-2, 2], w2: [-2, 2] }, { where });
    const { x } = quadratic.descent({ rate: 0.1, momentum: 0.5, steps: 2, start: { w1: 1, w2: 0 } }).paths()[0]!;
    expect(x).toEqual([1, 0.8, 0.8 + 0.5 * -0.2 - 0.1 * 1.6]);
  });

  test("has arrows that point along −∇f", () => {
    const arrows = figure(plot.contour("w1^2 + w2^2", { w1: [-2, 2], w2: [-2, 2] }, { where }).quiver({ arrows: 2 }))
      .data[1]!;
    expect(arrows.name).toBe("−∇f");
    const [x0, x1] = [arrows.x[0]!, arrows.x[1]!];
    const [y0, y1] = [arrows.y[0]!, arrows.y[1]!];
    expect((x0 + x1) / 2).toBeCloseTo(-1, 5);
    expect((y0 + y1) / 2).toBeCloseTo(-1, 5);
    expect(x1).toBeGreaterThan(x0);
    expect(x1 - x0).toBeCloseTo(y1 - y0, 6);
  });

  test("has a slider whose stops move the mark along the path and say value and slope", () => {
    const { data, layout } = figure(made.descent({ rate: 0.05, steps: 30 }));
    const { steps } = layout.sliders![0]!;
    expect(steps).toHaveLength(31);
    const path = made.descent({ rate: 0.05, steps: 30 }).paths()[0]!;
    const [moved, traces] = steps[7]!.args;
    expect([moved.x[0], moved.y[0]]).toEqual([[six(path.x[7]!)], [six(path.y[7]!)]]);
    expect(traces).toEqual([data.length - 1]);
    expect(steps[7]!.label).toMatch(/^7: f = [\d.]+, ‖∇f‖ = [\d.]+$/);
  });

  test("long paths have at most 61 stops and stay under 300 kB with the picture", () => {
    const long = shown(made.descent({ rate: 0.001, steps: 5000 }).quiver());
    expect(long[PLOTLY].layout.sliders![0]!.steps.length).toBeLessThanOrEqual(61);
    expect(JSON.stringify(plotted(made.descent({ steps: 50 }).quiver())).length).toBeLessThan(300_000);
  });

  test("is immutable: what is drawn over it is another plot", () => {
    made.descent();
    expect(made.paths()).toEqual([]);
  });
});

const plotted = (value: object): Shown => shown(value);

describe("what has no value", () => {
  const made = plot.contour("log(w1) + w2", { w1: [-1, 1], w2: [0, 1] }, { where, points: 5 });
  test("is a gap in the figure, hatched, counted and explained", () => {
    const { data, layout } = figure(made);
    expect(data[0]!.z[0]!.slice(0, 3)).toEqual([null, null, null]);
    expect(data[1]).toMatchObject({ name: "no value", mode: "lines" });
    // Broken into lines that fit.
    expect(
      layout.title.text.replace(/<\/?\w+[^>]*>/g, (tag) => (tag === "<br>" ? " " : "")).replace(/\s+/g, " "),
    ).toContain(
      "15 of 25 points have no finite value (5 of them ±∞), hatched: log(w1) needs a positive argument, and w1 is −1.",
    );
  });
  test("is striped in the picture", () => {
    const { width, data } = decode(Uint8Array.from(Buffer.from(shown(made)["image/png"], "base64")));
    const colours = new Set<string>();
    for (let x = 150; x < 200; x++)
      colours.add([...data.slice(3 * (400 * width + x), 3 * (400 * width + x) + 3)].join());
    expect([...colours].sort()).toEqual(["192,192,192", "232,232,232"]);
  });
  test("ends a descent, and begins none", () => {
    expect(made.descent({ rate: 10, start: { w1: 0.5, w2: 0.5 } }).paths()[0]!.x).toHaveLength(1);
    expect(() => made.descent({ start: { w1: -1, w2: 0 } })).toThrow(
      "descent: no value or no gradient where it starts: log(w1) needs a positive argument, and w1 is -1",
    );
  });
});

describe("a surface", () => {
  const made = plot
    .surface("w1^2 - w2^2", { w1: [-2, 2], w2: [-1, 1] }, { where, points: 5 })
    .descent()
    .quiver();
  test("has plotly's surface with the same values, paths on it, and a picture", () => {
    const { data } = figure(made);
    expect(data[0]!.type).toBe("surface");
    expect(data[0]!.z[0]).toEqual([3, 0, -1, 0, 3]);
    expect(data.slice(1).every(({ type }) => type === "scatter3d")).toBe(true);
    expect(shown(made)["text/plain"]).toContain(
      "5×5 points: w1 from −2 to 2, w2 from −1 to 1\nsmallest −1 at w1 = 0, w2 = −1; largest 4",
    );
  });
  test("along directions has the values of the point moved along them", () => {
    const ranges = { u: [0, 1], v: [0, 2] } as const;
    const directions = {
      u: {
        W: [
          [1, 0],
          [0, 0],
        ],
      },
      v: { b: [0, 1] },
    };
    const { value } = plot.surface(LOSS, ranges, { where, at: POINT, directions, points: 2 }).numbers();
    const moved = {
      ...POINT,
      W: [
        [1.5, -1],
        [1, 0.25],
      ],
      b: [0.1, 1.8],
    };
    expect(value[1]![1]).toBeCloseTo(expr(LOSS, where).at(moved).data[0]!, 13);
  });
  test("in powers of ten says where 0 is drawn, and refuses what is negative", () => {
    const axes = { w1: [-1, 1], w2: [-1, 1] } as const;
    const log = plot.contour("w1^2 + w2^2", axes, { where, points: 3, scale: "log" });
    expect(figure(log).data[0]!.z[1]).toEqual([0, 0, 0]);
    expect(figure(log).layout.title.text).toContain(
      "Heights by powers of ten; 0 is drawn as 1, the smallest value above it.",
    );
    expect(() => plot.contour("w1 + w2", axes, { where, scale: "log" }).numbers()).toThrow(
      "contour: a logarithmic scale needs values that are not negative, the smallest of f is -2",
    );
  });
});

describe("a function of one number", () => {
  test("has the engine's value and derivative at its points", () => {
    const { lines } = plot("sin(3*t) + t^2", { t: [-1, 1] }, { where, points: 3 });
    expect(lines.map(({ name }) => name)).toEqual(["f", "df/dt"]);
    expect(lines[0]!.y).toEqual([-1, 0, 1].map((t) => expr("sin(3*t) + t^2", where).at({ t }).data[0]));
    expect(lines[1]!.y).toEqual([-1, 0, 1].map((t) => d("sin(3*t) + t^2", "t", { where }).at({ t }).data[0]));
  });

  test("marks kinks, jumps and poles with what is on both sides, at points that are no samples", () => {
    const marks = (text: string) => plot(text, { t: [-3, 3] }, { where }).marks.map(({ text: said }) => said);
    expect(marks("relu(t - 1/3) + abs(t)")).toEqual([
      "kink at t = 0: df/dt from −1 to 1",
      "kink at t = 0.3333: df/dt from 1 to 2",
    ]);
    expect(marks("sign(t)")).toEqual(["jump at t = 0: f from −1 to 1"]);
    expect(marks("1/(t - 1)")).toEqual(["pole at t = 1: f has no bound there"]);
    expect(marks("tan(t)")).toEqual([
      "pole at t = −1.571: f has no bound there",
      "pole at t = 1.571: f has no bound there",
    ]);
  });

  test("marks nothing where it is smooth: relu(t)² has a derivative at 0", () => {
    expect(plot("relu(t)^2 + t*abs(t) + exp(t)", { t: [-1, 1] }, { where }).marks).toEqual([]);
  });

  test("breaks its lines at a pole and between the sides of a jump", () => {
    const [f, slope] = plot("sign(t)", { t: [-1, 1] }, { where, points: 3 }).lines;
    expect(f!.x).toEqual([-1, 0, 0, 0, 1]);
    expect(f!.y).toEqual([-1, -1, Number.NaN, 1, 1]);
    expect(slope!.y[2]).toBeNaN();
  });

  test("has a hatched band up to where values begin", () => {
    const { data, layout } = figure(plot("sqrt(t) + 1", { t: [-2, 2] }, { where, points: 41 }));
    expect(data[0]).toMatchObject({ name: "no value", fill: "toself" });
    expect(data[0]!.x.slice(0, 2).map((x) => Math.round(1e6 * x!) / 1e6)).toEqual([-2, 0]);
    expect(layout.title.text).toMatch(/20 of 41 points have no finite value, hatched: .*t is −2/);
  });
});

describe("a gradient check", () => {
  const made = plot.gradientCheck("sum(tanh(W x + b).^2)", "W", POINT, { where });
  test("is a V on logarithmic axes with its lowest points marked, against the engine's gradient", () => {
    expect(made.gradient).toEqual(d("sum(tanh(W x + b).^2)", "W", { where }).at(POINT).data);
    const { data } = figure(made);
    expect(data.map(({ name }) => name)).toEqual(["forward difference", "central difference", "marked"]);
    expect(data[2]!.text![1]).toMatch(/^central: least error \d\.\de−1[01] at h = \d\.\de−[56]$/);
  });
});

describe("graphs", () => {
  const made = plot.graph(autodiff("y sin(x + y)", { x: 1, y: 2 }));
  test("of automatic differentiation have values and adjoints, and a stop for every row of the table", () => {
    expect(made.nodes.at(-1)!.lines).toEqual(["v₃ = v₀ · v₂ = f", "value 0.282", "adjoint 1"]);
    expect(made.edges).toContainEqual({ from: "v1", to: "v2", label: "cos v₁" });
    expect(made.steps.map(({ text }) => text)).toEqual([
      "v₋₁ = x = 1",
      "v₀ = y = 2",
      "v₁ = v₋₁ + v₀ = 3",
      "v₂ = sin v₁ = 0.141",
      "v₃ = v₀ · v₂ = 0.282",
      "v̄₃ = 1 → 1",
      "v̄₂ = v̄₃ · v₀ → 2",
      "v̄₀ = v̄₃ · v₂ → 0.141 (first use of y)",
      "v̄₁ = v̄₂ · cos v₁ → −1.980",
      "v̄₋₁ = v̄₁ → −1.980 = ∂f/∂x",
      "v̄₀ += v̄₁ → −1.839 (second use) = ∂f/∂y",
    ]);
  });
  test("light up the node of the row that the slider is at", () => {
    const { data, layout } = figure(made);
    const { steps } = layout.sliders![0]!;
    const box = (node: number) => layout.shapes![node] as unknown as { x0: number; x1: number };
    const lit = steps[3]!.args[0].x[0]!;
    expect([Math.min(...lit), Math.max(...lit)]).toEqual([box(3).x0 - 5, box(3).x1 + 5]);
    expect(steps[3]!.args[1]).toEqual([data.findIndex(({ name }) => name === "this row")]);
  });
  test("of an expression have its shapes and the user's names, without numbers", () => {
    const flow = plot.graph("h = A u + c; L = sum(relu(h))", { where: "A: m×n, u: n, c: m" });
    expect(flow.nodes.map(({ lines }) => lines.join(": "))).toEqual([
      "A: m×n",
      "u: n×1",
      "c: m×1",
      "v₁ = A · u: m×1",
      "h = v₁ + c: m×1",
      "v₃ = relu h: m×1",
      "L = sum v₃: scalar",
    ]);
    expect(shown(flow)["text/plain"]).toContain("Dataflow of L\n");
  });
});

describe("every plot", () => {
  test.each([
    ["line", plot("abs(t)", { t: [-1, 1] }, { where })],
    ["contour", plot.contour("w1*w2", { w1: [-1, 1], w2: [-1, 1] }, { where })],
    [
      "surface",
      plot
        .surface("w1*w2", { w1: [-1, 1], w2: [-1, 1] }, { where })
        .quiver()
        .descent({ steps: 50 }),
    ],
    ["check", plot.gradientCheck("t^3", "t", { t: 1 }, { where })],
    ["graph", plot.graph("t^3 + t", { where })],
  ])("%s: a figure, a picture, words, no number that JSON lacks, at most 300 kB", (_name, made) => {
    const bundle = shown(made);
    expect(Object.keys(bundle)).toEqual([PLOTLY, "image/png", "text/plain"]);
    expect(JSON.parse(JSON.stringify(bundle[PLOTLY]))).toEqual(bundle[PLOTLY]);
    expect(JSON.stringify(bundle).length).toBeLessThan(300_000);
    const { width, height } = decode(Uint8Array.from(Buffer.from(bundle["image/png"], "base64")));
    expect(Math.min(width, height)).toBeGreaterThan(300);
    expect(String(made)).toBe(bundle["text/plain"]);
  });
});

describe("refusals", () => {
  test.each([
    ["a range without width", () => plot("t", { t: [1, 1] }, { where }), "plot: the range of t has no width: [1, 1]"],
    [
      "a range the wrong way",
      () => plot("t", { t: [1, 0] }, { where }),
      "plot: the range of t ends before it begins: [1, 0]",
    ],
    [
      "no numbers",
      () => plot("t", { t: [0, Number.NaN] }, { where }),
      "plot: the range of t must be two finite numbers",
    ],
    ["one axis of two", () => plot.contour("t", { t: [0, 1] }, { where }), "contour: expected two axes, got 1"],
    [
      "missing numbers",
      () => plot.surface(LOSS, AXES, { where, at: { W: POINT.W, b: POINT.b } }),
      "surface: no value given for x, y",
    ],
    [
      "too few points",
      () => plot("t", { t: [0, 1] }, { where, points: 1 }),
      "plot: points must be a whole number from 2 to 20000, got 1",
    ],
    [
      "no rate",
      () => plot.contour("w1*w2", { w1: [0, 1], w2: [0, 1] }, { where }).descent({ rate: 0 }),
      "descent: rate must be a number above 0, got 0",
    ],
    [
      "too much momentum",
      () => plot.contour("w1*w2", { w1: [0, 1], w2: [0, 1] }, { where }).descent({ momentum: 1 }),
      "descent: momentum must be a number from 0 up to, but not, 1, got 1",
    ],
    [
      "a start elsewhere",
      () => plot.contour("w1*w2", { w1: [0, 1], w2: [0, 1] }, { where }).descent({ start: { w3: 1 } }),
      "descent: w3 is no axis of this plot",
    ],
    [
      "one arrow",
      () => plot.contour("w1*w2", { w1: [0, 1], w2: [0, 1] }, { where }).quiver({ arrows: 1 }),
      "quiver: arrows must be a whole number from 2 to 40, got 1",
    ],
  ])("%s", (_name, make, message) => {
    let said = "";
    try {
      make();
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toBe(message);
  });
});

describe("a long sweep", () => {
  const HOOK = Symbol.for("nabla.progress");
  afterEach(() => {
    delete (globalThis as Record<symbol, unknown>)[HOOK];
  });
  const slow = (): void => {
    const X = Array.from({ length: 90 }, (_, i) =>
      Array.from({ length: 90 }, (_, j) => Math.sin(i * j) + (i === j ? 60 : 0)),
    );
    plot
      .surface(
        "logdet(w1*X + w2*eye(n))",
        { w1: [1, 2], w2: [0, 1] },
        { where: "X: n×n, w1: scalar, w2: scalar", at: { X } },
      )
      .numbers();
  };
  test("shows a bar where the kernel has left one, and ends it", () => {
    const told: [number, string, number[]][] = [];
    (globalThis as Record<symbol, unknown>)[HOOK] = (total: number, label: string) => {
      const done: number[] = [];
      told.push([total, label, done]);
      return (n: number) => done.push(n);
    };
    slow();
    expect(told).toHaveLength(1);
    const [total, label, done] = told[0]!;
    expect([total, label, done.at(-1)]).toEqual([1681, "points of the surface", 1681]);
  });
});

describe("every example of the documentation is run", () => {
  const source = readFileSync(new URL("../../kernel/src/notebook/plot.ts", import.meta.url), "utf8");
  const examples = [...source.matchAll(/@example (.*)/g)].map(([, code]) => code!);
  test("there is one for every kind of plot", () => expect(examples.length).toBeGreaterThanOrEqual(6));
  test.each(examples)("%s", (code) => {
    const made = new Function("plot", "autodiff", `return ${code}`)(plot, autodiff) as object;
    expect(figure(made).data.length).toBeGreaterThan(0);
  });
});
