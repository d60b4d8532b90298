/** "✓ ∂L/∂W1 …": a tensor of the step against reverse AD and central differences. */
import type { Check, TraceStep } from "nabla";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";

export const SIGNS: Readonly<Record<Check["verdict"], string>> = { ok: "✓", look: "?", bad: "✗", kink: "⌃" };

export function checkLines(step: TraceStep, context: PanelContext): HTMLElement | undefined {
  if (step.checks.length === 0) return undefined;
  return el(
    "ul",
    { class: "jp-nabla-Checks", attrs: { "aria-label": context.trans.__("Checks") } },
    ...step.checks.map((check) => verdictLine(check, context)),
  );
}

/** A verdict with its sign, and what was measured when the pointer rests on it. */
export function verdictLine(
  check: Pick<Check, "verdict" | "sentence" | "automatic" | "difference">,
  { trans }: PanelContext,
): HTMLElement {
  const measured = trans.__(
    "relative error against automatic differentiation %1, against central differences %2",
    check.automatic.toExponential(1),
    check.difference.toExponential(1),
  );
  return el(
    "li",
    { attrs: { "data-verdict": check.verdict, title: measured } },
    `${SIGNS[check.verdict]} ${check.sentence}`,
  );
}
