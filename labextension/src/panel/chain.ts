/** The chain from the loss to what a step makes: ∂L/∂p ∂p/∂z ∂z/∂a …, from the left or from the right by the layout. */
import type { Layout, Tensor, TraceDocument, TraceStep } from "nabla";
import { gradients, variableOf } from "../trace/matrix.js";

/** LaTeX; undefined for a forward step, and where there is no more than one link. */
export function chainLatex(trace: TraceDocument, step: TraceStep, layout: Layout): string | undefined {
  const symbols = new Map(Object.values(trace.tensors).map((tensor) => [tensor.label, tensor.latex]));
  const made = step.results[0] === undefined ? undefined : trace.tensors[step.results[0]];
  if (step.pass !== "backward" || !made) return undefined;
  const variables: string[] = [];
  const steps = new Map(trace.steps.map((one) => [one.id, one]));
  for (let at: Tensor | undefined = made, turns = 0; at && turns < trace.steps.length; turns++) {
    const variable = variableOf(at);
    if (variable === undefined) return undefined;
    variables.unshift(symbols.get(variable) ?? variable);
    const upstream: string | undefined = steps.get(at.madeBy)?.upstream;
    at = upstream === undefined ? undefined : trace.tensors[upstream];
  }
  const links = variables.slice(1).map((by, i) => `\\frac{\\partial ${variables[i]}}{\\partial ${by}}`);
  if (links.length < 2 || gradients(trace).size === 0) return undefined;
  const whole = `\\frac{\\partial ${variables[0]}}{\\partial ${variables.at(-1)}}`;
  return `${whole}=${(layout === "numerator" ? links : links.reverse()).join("\\,")}`;
}
