/** The V of a gradient check: how far difference quotients are from the symbolic gradient, by their step. */
import type { GradientCurve } from "../calculus/index.js";
import { type Bundle, type Chart, chartBundle } from "../display/index.js";

/** The curve of a gradient check as a value of a notebook. */
export interface GradientCheckPlot extends GradientCurve {
  readonly kind: "nabla.gradientCheck";
  toString(): string;
}

export function gradientCheckPlot(curve: GradientCurve, names: { title: string; variable: string }): GradientCheckPlot {
  const bundle = (): Bundle => chartBundle(curveChart(curve, names));
  return Object.freeze({
    kind: "nabla.gradientCheck" as const,
    ...curve,
    toString: () => String(bundle()["text/plain"]),
    [Symbol.for("Jupyter.display")]: bundle,
  });
}

/** Below this an error is that of the last digit; a logarithm needs something above 0. */
const LEAST = 1e-17;

function curveChart(
  { steps, forward, central }: GradientCurve,
  { title, variable }: { title: string; variable: string },
): Chart {
  const shown = (errors: readonly number[]): number[] => errors.map((e) => (e < LEAST ? LEAST : e));
  const lines = [
    { name: "forward difference", x: steps, y: shown(forward) },
    { name: "central difference", x: steps, y: shown(central) },
  ];
  const finite = lines.flatMap(({ y }) => y).filter(Number.isFinite);
  const power = (value: number): number => Math.log10(value);
  const best = [forward, central].map((errors, n) => {
    const k = errors.indexOf(Math.min(...errors.filter(Number.isFinite)));
    return {
      x: steps[k]!,
      y: shown(errors)[k]!,
      text: `${["forward", "central"][n]}: least error ${errors[k]!.toExponential(1)} at h = ${steps[k]!.toExponential(1)}`.replaceAll(
        "e-",
        "e−",
      ),
    };
  });
  return {
    title,
    x: { name: "step h", scale: "log", range: [power(steps[0]!), power(steps.at(-1)!)] },
    y: {
      name: `relative error of ∂f/∂${variable}`,
      scale: "log",
      range: [Math.floor(power(Math.min(...finite))), Math.ceil(Math.max(0, power(Math.max(...finite))))],
    },
    lines,
    marks: best,
    bands: [],
    notes: [
      "Measured against the symbolic gradient. Forward: (f(x + h) − f(x))/h; central: (f(x + h) − f(x − h))/2h. Right of the lowest point truncation falls as h (forward) and h² (central); left of it rounding grows as ε/h.",
    ],
  };
}
