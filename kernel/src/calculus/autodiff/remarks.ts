/** What the numbers of a step deserve to have said: dead units, units at the kink, saturated layers. */
import type { Network } from "./network.js";
import { shownText } from "./numbersLatex.js";
import { SLOPE, type ValueKey } from "./stages.js";
import type { Values } from "./values.js";

/** A slope below this over a whole layer is called saturated. */
const SATURATED = 1e-3;

const subscript = (n: number): string => [...String(n)].map((c) => "₀₁₂₃₄₅₆₇₈₉"[Number(c)]).join("");

/** Of the step that makes the gradient by `wrt`. */
export function remarkOf(wrt: ValueKey, network: Network, { tensors }: Values): string {
  if (wrt !== "h" && wrt !== "W1" && wrt !== "b1") return "";
  const h = tensors.h!;
  const kinked = network.activation === "relu" || network.activation === "leaky-relu";
  const single = network.batch === 1;
  if (kinked && single) {
    const units = Array.from(h.data, (value, i) => ({ value, name: `h${subscript(i + 1)}` }));
    const zero = units.filter(({ value }) => value === 0).map(({ name }) => `${name} = 0`);
    const dead = units
      .filter(({ value }) => value < 0)
      .map(({ name, value }) => `${name} = ${shownText(value, 3)} < 0`);
    if (zero.length > 0) return `Kink: ${zero.join(", ")}, where φ′(0) = ${network.conventions.kink} is agreed.`;
    if (network.activation === "relu" && dead.length > 0)
      return `${wrt === "W1" ? "Its row is 0" : "It is 0"} where the unit is dead: ${dead.join(", ")}.`;
  }
  if (network.activation !== "sigmoid" && network.activation !== "tanh") return "";
  const largest = Math.max(...tensors[SLOPE]!.data);
  const name = network.activation === "sigmoid" ? "σ′" : "tanh′";
  return largest < SATURATED
    ? `The layer is saturated: ${name} is at most ${shownText(largest, 6)}, so little comes back.`
    : "";
}
