/** The V-curve: the error of a difference quotient over its step, with the step that the check takes. */
import type { CurvePoint } from "nabla";
import { chart } from "../../view/chart.js";
import type { PanelContext } from "../context.js";
import { errorText } from "./rows.js";

const HEIGHT = 190;
/** Errors of 0 stand at the foot of the logarithmic axis. */
const FOOT = 1e-13;
/** Above this no step helps. */
const HOPELESS = 1e-4;

export interface CurveText {
  /** What the curve shows, in a sentence. */
  readonly sentence: string;
  draw(width: number): SVGElement;
}

export function curveView(
  points: readonly CurvePoint[],
  step: number,
  { name, kink }: { readonly name: string; readonly kink: boolean },
  { trans }: Pick<PanelContext, "trans">,
): CurveText {
  const best = points.reduce((least, point) => (point.error < least.error ? point : least), points[0]!);
  const sentence = sentenceOf(best, name, kink, trans);
  const shown = (error: number): number => Math.max(FOOT, error);
  return {
    sentence,
    draw: (width) =>
      chart({
        width,
        height: HEIGHT,
        label: sentence,
        x: { title: trans.__("step h"), log: true, from: points.at(-1)!.step, to: points[0]!.step },
        y: {
          title: trans.__("error"),
          log: true,
          from: FOOT,
          to: Math.max(1, ...points.map(({ error }) => shown(error)).filter(Number.isFinite)),
        },
        lines: [{ name, points: points.map(({ step: h, error }) => [h, shown(error)] as const) }],
        verticals: [{ x: step, name: trans.__("step of the check") }],
        dots: [{ x: best.step, y: shown(best.error), title: `${errorText(best.step)}: ${errorText(best.error)}` }],
      }),
  };
}

function sentenceOf(best: CurvePoint, name: string, kink: boolean, trans: PanelContext["trans"]): string {
  const [error, step] = [errorText(best.error), errorText(best.step)];
  if (best.error <= HOPELESS)
    return trans.__(
      "The error of %1 is least, %2, at the step %3: to the right it grows as h², to the left rounding takes over.",
      name,
      error,
      step,
    );
  return kink
    ? trans.__("The loss has a kink here: no step makes difference and formula agree.")
    : trans.__("No step brings the error of %1 below %2: it is not the difference that is wrong.", name, error);
}
