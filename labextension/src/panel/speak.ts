/** What the live region says when the user steps: the step, its title, what it made and how large that is. */
import type { TranslationBundle } from "@jupyterlab/translation";
import { formatNumber } from "nabla/display";
import { shapeText, viewTensor } from "../trace/matrix.js";
import { digitsOf, type PanelState, shownTrace } from "../trace/state.js";

export function stepSentence(state: PanelState, trans: TranslationBundle): string {
  const { layout } = state;
  const document = shownTrace(state);
  const step = document?.steps[state.step];
  if (!document || !step) return "";
  // Nothing is given away.
  if (state.quiz) return trans.__("Step %1, %2.", step.id, step.title);
  const made = step.results.map((name) => {
    const tensor = document.tensors[name]!;
    const { rows, cols } = viewTensor(tensor, layout);
    return tensor.data.length === 1
      ? `${tensor.label} = ${formatNumber(tensor.data[0]!, digitsOf(state))}`
      : `${tensor.label} ${shapeText(rows, cols)}`;
  });
  return trans.__("Step %1, %2: %3. %4", step.id, step.title, made.join(", "), step.sentence);
}
