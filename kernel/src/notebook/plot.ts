/** `plot` of a notebook: lines, level lines, surfaces, the V of a gradient check, graphs. What is drawn is the engine's. */
import {
  type AutodiffTable,
  type Bindings,
  dataflow,
  type Expr,
  gradientCurve,
  NablaError,
  slice,
} from "../calculus/index.js";
import { type Bundle, chartBundle } from "../display/index.js";
import type { Expression } from "./expression.js";
import { type GradientCheckPlot, gradientCheckPlot } from "./plotCheck.js";
import { type FieldPlot, fieldPlot } from "./plotField.js";
import { autodiffGraph, dataflowGraph, type GraphPlot, graphPlot } from "./plotGraph.js";
import { lineChart } from "./plotLine.js";
import { type PlotOptions, pointsOf, type Ranges, rangesOf } from "./plotRanges.js";
import type { Written } from "./written.js";

export interface LineOptions extends PlotOptions {
  /** Draw the derivative too; true when absent. */
  readonly derivative?: boolean;
}

export interface FieldOptions extends PlotOptions {
  /** Heights as they are, or by powers of ten, for valleys that are deep and flat. */
  readonly scale?: "linear" | "log";
}

/** A function of one number as a value of a notebook. */
export interface LinePlot {
  readonly kind: "nabla.plot";
  /** The points of the lines; NaN where a line is broken. */
  readonly lines: readonly { readonly name: string; readonly x: readonly number[]; readonly y: readonly number[] }[];
  /** Kinks, jumps and poles, in one sentence each. */
  readonly marks: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  toString(): string;
}

export interface Plot {
  /**
   * A scalar of one number with its derivative; kinks, jumps and poles are marked.
   * @example plot("relu(x) + sin(x)", { x: [-3, 3] }, { where: "x: scalar" })
   * @throws NablaError `bad_argument` for a missing number, a range without width, or an expression that is no scalar
   */
  (f: string | Expression, range: Ranges, options?: LineOptions): LinePlot;
  /**
   * A scalar over two numbers as level lines; `.descent()` and `.quiver()` draw over it. Axes are scalar symbols, entries
   * such as "W[1,2]", or names for directions; `at` has the numbers of everything else.
   * @example plot.contour("(1 - a)^2 + 100*(b - a^2)^2", { a: [-2, 2], b: [-1, 3] }, { where: "a, b: scalar", scale: "log" }).descent({ rate: 0.001 })
   * @throws NablaError `bad_argument` for a missing number or a range without width, `unknown_symbol` for an axis that is not there
   */
  contour(f: string | Expression, ranges: Ranges, options?: FieldOptions): FieldPlot;
  /**
   * The same in space.
   * @example plot.surface("w1^2 - w2^2", { w1: [-2, 2], w2: [-2, 2] }, { where: "w1, w2: scalar" }).quiver()
   */
  surface(f: string | Expression, ranges: Ranges, options?: FieldOptions): FieldPlot;
  /**
   * How far difference quotients are from the symbolic gradient, by their step.
   * @example plot.gradientCheck("tanh(w)^3", "w", { w: 0.7 }, { where: "w: scalar" })
   */
  gradientCheck(
    f: string | Expression,
    wrt: string | Expression,
    at: Bindings,
    options?: Pick<PlotOptions, "where" | "title">,
  ): GradientCheckPlot;
  /**
   * Of an expression, the dataflow with the shape of every part; of a table of automatic differentiation, the graph with
   * values and adjoints, and a slider that goes through the rows of the table.
   * @example plot.graph(autodiff("y sin(x + y)", { x: 1, y: 2 }))
   * @example plot.graph("h = W x + b; sum(tanh(h))", { where: "W: m×n, x: n, b: m" })
   */
  graph(of: string | Expression | AutodiffTable, options?: Pick<PlotOptions, "where" | "title">): GraphPlot;
}

/** How the notebook reads what is plotted and what it is differentiated by. */
export interface PlotReader {
  readonly read: (f: string | Expression, where: PlotOptions["where"]) => Written;
  readonly variable: (x: string | Expression, written: Written, where: PlotOptions["where"]) => Expr;
}

/** Points along each axis. */
const LINE_POINTS = 401;
const FIELD_POINTS = { contour: 61, surface: 41 } as const;
const LONGEST_TITLE = 60;

export function plotFor({ read, variable }: PlotReader): Plot {
  function plot(f: string | Expression, range: Ranges, options: LineOptions = {}): LinePlot {
    const axes = rangesOf("plot", range, 1);
    const written = read(f, options.where);
    const chart = lineChart({
      slice: sliceOf("plot", written, axes, options),
      ...titled(written, axes, options),
      range: axes[0]![1],
      points: pointsOf("plot", options.points, LINE_POINTS, 20_000),
      derivative: options.derivative ?? true,
    });
    const bundle = (): Bundle => chartBundle(chart);
    return Object.freeze({
      kind: "nabla.plot" as const,
      lines: chart.lines,
      marks: chart.marks,
      toString: () => String(bundle()["text/plain"]),
      [Symbol.for("Jupyter.display")]: bundle,
    });
  }
  const field =
    (what: "surface" | "contour") =>
    (f: string | Expression, ranges: Ranges, options: FieldOptions = {}): FieldPlot => {
      const axes = rangesOf(what, ranges, 2);
      const written = read(f, options.where);
      const { scale = "linear" } = options;
      if (scale !== "linear" && scale !== "log")
        throw new NablaError("bad_argument", `${what}: unknown scale ${scale}`, {
          got: String(scale),
          want: "linear, log",
        });
      return fieldPlot({
        what,
        slice: sliceOf(what, written, axes, options),
        ...titled(written, axes, options),
        ranges: [axes[0]![1], axes[1]![1]],
        points: pointsOf(what, options.points, FIELD_POINTS[what]),
        scale,
        notes: directionNotes(options),
      });
    };
  const gradientCheck: Plot["gradientCheck"] = (f, wrt, at, options = {}) => {
    const written = read(f, options.where);
    const by = variable(wrt, written, options.where);
    const name = String(by.attrs.name);
    const curve = gradientCurve(written.f, written.lets, by, at);
    return gradientCheckPlot(curve, { title: options.title ?? `Gradient check of ∂f/∂${name}`, variable: name });
  };
  const graph: Plot["graph"] = (of, options = {}) => {
    if (isTable(of)) return graphPlot({ ...autodiffGraph(of), ...(options.title ? { title: options.title } : {}) });
    const { f, lets, text, outputName } = read(of, options.where);
    return graphPlot(
      dataflowGraph(
        dataflow(f, lets, outputName),
        options.title ?? `Dataflow of ${lets.length > 0 && outputName ? outputName : text.replace(/\s+/g, " ").trim()}`,
      ),
    );
  };
  return Object.freeze(
    Object.assign(plot, { graph, contour: field("contour"), surface: field("surface"), gradientCheck }),
  );
}

const isTable = (of: string | Expression | AutodiffTable): of is AutodiffTable =>
  typeof of === "object" && of !== null && of.kind === "nabla.autodiff";

type Axes = ReturnType<typeof rangesOf>;

function sliceOf(what: string, { f, lets }: Written, axes: Axes, { at, directions }: PlotOptions) {
  return slice(f, lets, {
    what,
    axes: axes.map(([name]) => name),
    ...(at ? { at } : {}),
    ...(directions ? { directions } : {}),
  });
}

function titled(
  { text, outputName }: Written,
  axes: Axes,
  { title }: PlotOptions,
): { title: string; valueName: string } {
  const valueName = outputName ?? "f";
  const call = `${valueName}(${axes.map(([name]) => name).join(", ")})`;
  const whole = text.replace(/\s+/g, " ").trim();
  return { title: title ?? (whole.length <= LONGEST_TITLE ? `${call} = ${whole}` : call), valueName };
}

/** What the names of directions stand for. */
const directionNotes = ({ directions = {} }: PlotOptions): string[] =>
  Object.entries(directions).map(([name, parts]) => {
    const words = `${name}: along ${Object.entries(parts)
      .map(([symbol, numbers]) => `${symbol} ${JSON.stringify(numbers)}`)
      .join(", ")}`;
    return words.length > 90 ? `${name}: along ${Object.keys(parts).join(", ")}` : words;
  });
