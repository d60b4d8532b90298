/**
 * traceNetwork(config): the forward and backward pass of a two-layer network as one document, every formula and every
 * number from the engine. Cost: a few milliseconds for sizes up to 8.
 */

import type { Dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import { backwardPage, SEED_ID, seedPage } from "./backwardPages.js";
import { checksOf } from "./checks.js";
import { forwardPage, inputsPage } from "./forwardPages.js";
import { latexWith } from "./latexWith.js";
import { type NetworkConfig, resolveNetwork } from "./network.js";
import { SLOPE, type ValueKey } from "./stages.js";
import { type Check, type Tensor, TRACE_VERSION, type TraceDocument } from "./trace.js";
import { partialLatex, type Tracing, tracingOf } from "./tracing.js";
import { gradientKey } from "./values.js";
import { titleOf } from "./words.js";

/**
 * The forward and backward pass of a network as a document: the steps F0–F5 and B0–B9 with formulas, numbers, checks.
 * @throws NablaError `shape_mismatch` or `bad_argument` naming the tensor that does not fit
 */
export function traceNetwork(config: NetworkConfig = {}): TraceDocument {
  const network = resolveNetwork(config);
  const tracing = tracingOf(network);
  const { sizes, activation, loss, bias, batch, conventions } = network;
  const given = (["x", "y", "W1", "b1", "W2", "b2"] as const).filter((key) => bias || !/^b/.test(key));
  const checks = checksOf(tracing);
  const checked = (name: string): Check[] => [checks.get(name)].filter((check) => check !== undefined);
  return {
    kind: "nabla.trace",
    version: TRACE_VERSION,
    id: config.id ?? "network",
    revision: config.revision ?? 1,
    title: config.title ?? titleOf(network),
    conventions,
    network: { sizes, activation, loss, bias, batch },
    tensors: tensorsOf(tracing, given),
    steps: [
      inputsPage(tracing, given),
      ...tracing.structure.stages.map((stage) => forwardPage(stage, tracing)),
      seedPage(tracing),
      ...tracing.steps.map((step) => ({ ...backwardPage(step, tracing), checks: checked(gradientKey(step.wrt)) })),
    ],
  };
}

function tensorsOf(tracing: Tracing, given: readonly ValueKey[]): Record<string, Tensor> {
  const { structure, steps, values, printing } = tracing;
  const tensors: Record<string, Tensor> = {};
  const put = (name: string, rest: Omit<Tensor, "name" | "shape" | "data">): void => {
    const { rows, cols, data } = values.tensors[name] as Dense;
    tensors[name] = { name, ...rest, shape: [rows, cols], data: Array.from(data, (x) => x + 0) };
  };
  const latex = (s: Expr): string => latexWith(s, printing.names);
  const value = (key: ValueKey, role: Tensor["role"], madeBy: string): void => {
    const s = structure.symbols[key];
    put(key, { latex: latex(s), label: nameOf(s), role, madeBy });
  };
  for (const key of given) value(key, key === "x" ? "input" : key === "y" ? "target" : "parameter", "F0");
  for (const stage of structure.stages) value(stage.out, "value", stage.id);
  put(SLOPE, {
    latex: latex(structure.slope),
    label: `φ′(${nameOf(structure.symbols.h)})`,
    role: "value",
    madeBy: structure.stages.find(({ out }) => out === "a")!.id,
  });
  const gradient = (key: ValueKey, madeBy: string): void => {
    const s = structure.symbols[key];
    put(gradientKey(key), { latex: partialLatex(s), label: `∂L/∂${nameOf(s)}`, role: "gradient", madeBy });
  };
  gradient("L", SEED_ID);
  for (const step of steps) gradient(step.wrt, step.id);
  return tensors;
}
