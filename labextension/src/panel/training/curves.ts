/** Loss and gradient norms over the steps of a training, as charts with the step that is looked at. */

import { formatNumber } from "nabla/display";
import type { Measured } from "../../train/run.js";
import { type Axis, chart, type Line } from "../../view/chart.js";
import type { PanelContext } from "../context.js";

const HEIGHT = 170;
/** More points than this are thinned: a line has no more pixels. */
const MOST_POINTS = 600;
/** Decades below the largest value that a logarithmic axis goes down at most. */
const DECADES = 12;

type Words = Pick<PanelContext, "trans">;

export function lossChart(all: readonly Measured[], step: number, width: number, { trans }: Words): SVGElement {
  const points = thinned(all);
  const most = Math.max(...points.map(({ loss }) => loss));
  const [first, last] = [all[0]!, all.at(-1)!].map(({ loss }) => formatNumber(loss, 6)) as [string, string];
  return chart({
    width,
    height: HEIGHT,
    label: trans.__("Loss over %1 steps, from %2 to %3", all.length - 1, first, last),
    x: steps(all, trans),
    y: { title: "", from: 0, to: most * 1.05 || 1 },
    lines: [{ name: trans.__("loss"), points: points.map(({ step: at, loss }) => [at, loss] as const) }],
    verticals: [{ x: step, name: trans.__("step %1", step) }],
  });
}

export function normsChart(all: readonly Measured[], step: number, width: number, { trans }: Words): SVGElement {
  const points = thinned(all);
  const norms = points.flatMap((point) => point.norms).filter((norm) => norm > 0);
  const top = 10 ** Math.ceil(Math.log10(Math.max(...norms, 1e-300)));
  const low = Math.max(10 ** Math.floor(Math.log10(Math.min(...norms, top / 10))), top / 10 ** DECADES);
  const lines = all[0]!.norms.map(
    (_, layer): Line => ({
      name: trans.__("layer %1", layer + 1),
      points: points.map((point) => {
        const norm = point.norms[layer]!;
        return [point.step, norm > 0 ? Math.max(low, norm) : Number.NaN] as const;
      }),
    }),
  );
  const now = all.at(-1)!.norms.map((norm, i) => trans.__("layer %1: %2", i + 1, formatNumber(norm, 3)));
  return chart({
    width,
    height: HEIGHT,
    label: trans.__("Norm of the gradient by weights and bias of each layer; at the end %1", now.join(", ")),
    x: steps(all, trans),
    y: { title: "", log: true, from: low, to: top },
    lines,
    verticals: [{ x: step }],
  });
}

const steps = (points: readonly Measured[], trans: Words["trans"]): Axis => ({
  title: trans.__("steps"),
  from: 0,
  to: Math.max(1, points.length - 1),
});

function thinned(points: readonly Measured[]): readonly Measured[] {
  const every = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  return points.filter(({ step }) => step % every === 0 || step === points.length - 1);
}
