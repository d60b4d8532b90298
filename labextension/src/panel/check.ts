/** "✓ ∂L/∂W1 …": a tensor of the step against reverse AD and central differences. */
import type { Check, TraceStep } from "nabla";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";

const SIGNS: Readonly<Record<Check["verdict"], string>> = { ok: "✓", look: "?", bad: "✗", kink: "⌃" };

export function checkLines(step: TraceStep, { trans }: PanelContext): HTMLElement | undefined {
  if (step.checks.length === 0) return undefined;
  return el(
    "ul",
    { class: "jp-nabla-Checks", attrs: { "aria-label": trans.__("Checks") } },
    ...step.checks.map((check) =>
      el(
        "li",
        {
          attrs: {
            "data-verdict": check.verdict,
            title: trans.__(
              "relative error against automatic differentiation %1, against central differences %2",
              check.automatic.toExponential(1),
              check.difference.toExponential(1),
            ),
          },
        },
        `${SIGNS[check.verdict]} ${check.sentence}`,
      ),
    ),
  );
}
