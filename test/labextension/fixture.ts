/** The demo network's trace, from the engine, once; tests change copies of it. */
import { type TraceDocument, traceNetwork } from "nabla";

const made = JSON.stringify(traceNetwork({ id: "demo" }));

/** A fresh copy, to change at will. */
export const demoTrace = (changes: Partial<TraceDocument> = {}): TraceDocument => ({ ...JSON.parse(made), ...changes });

/** Position of a step by its id. */
export const at = (trace: TraceDocument, id: string): number => trace.steps.findIndex((step) => step.id === id);

type Names = Readonly<Record<string, string>>;

/** The part of a trace with other names: steps by id, tensors by name, gradients and labels with their variable. */
function renamed(trace: TraceDocument, ids: Names, names: Names): Pick<TraceDocument, "steps" | "tensors"> {
  const of = (name: string): string => (name.startsWith("g_") ? `g_${of(name.slice(2))}` : (names[name] ?? name));
  const steps = trace.steps
    .filter(({ id }) => id in ids)
    .map((step) => ({
      ...step,
      id: ids[step.id]!,
      operands: step.operands.map(of),
      results: step.results.map(of),
      ...(step.upstream ? { upstream: of(step.upstream) } : {}),
      checks: step.checks.map((check) => ({ ...check, tensor: of(check.tensor) })),
    }));
  const used = new Set(
    steps.flatMap(({ operands, results, upstream = [] }) => [...operands, ...results].concat(upstream)),
  );
  const made = new Map(steps.flatMap(({ id, results }) => results.map((name) => [name, id] as const)));
  const tensors = Object.values(trace.tensors)
    .map((tensor) => {
      const name = of(tensor.name);
      const label = tensor.role === "gradient" ? `∂L/∂${name.slice(2)}` : name;
      return { ...tensor, name, label, madeBy: made.get(name) ?? "F0" };
    })
    .filter(({ name }) => used.has(name));
  return { steps, tensors: Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor])) };
}

const pick = (ids: string): Names => Object.fromEntries(ids.split(" ").map((id) => [id, id]));

/** ½‖W x + b − y‖² as a kernel of its own might send it: the second layer of the demo network alone. */
export function oneLayer(): TraceDocument {
  const trace = traceNetwork({ id: "one", loss: "mse" });
  const { steps, tensors } = renamed(trace, pick("F3 F4 F5 B0 B1 B2 B3 B4 B5"), { a: "x", W2: "W", b2: "b" });
  const given = Object.values(tensors).filter(({ madeBy }) => madeBy === "F0");
  const inputs = given.map((tensor) => (tensor.name === "x" ? { ...tensor, role: "input" as const } : tensor));
  const first = { ...trace.steps[0]!, operands: [], results: given.map(({ name }) => name) };
  return {
    ...trace,
    title: "One layer",
    network: { ...trace.network, sizes: [3, 2] as unknown as TraceDocument["network"]["sizes"] },
    steps: [first, ...steps],
    tensors: { ...tensors, ...Object.fromEntries(inputs.map((tensor) => [tensor.name, tensor])) },
  };
}

/** The demo network with a layer before it, whose activation is the demo's input. */
export function threeLayers(): TraceDocument {
  const trace = demoTrace({ id: "three", title: "Three layers" });
  const before = { x: "x0", W1: "W0", b1: "b0", h: "h0", a: "x", dphi: "dphi0" };
  const below = renamed(trace, { F1: "F1", F2: "F2", B6: "B10", B7: "B11", B8: "B12", B9: "B13" }, before);
  const above = renamed(
    trace,
    { ...pick("B0 B1 B2 B3 B4 B5 B6 B7 B8 B9"), F1: "F3", F2: "F4", F3: "F5", F4: "F6", F5: "F7" },
    {},
  );
  const tensors = { ...above.tensors, ...below.tensors, g_x: above.tensors.g_x! };
  const given = Object.values(tensors).filter(({ madeBy }) => madeBy === "F0");
  const first = { ...trace.steps[0]!, operands: [], results: given.map(({ name }) => name) };
  const steps = [...below.steps, ...above.steps];
  const pass = (name: "forward" | "backward") => steps.filter((step) => step.pass === name);
  return {
    ...trace,
    network: { ...trace.network, sizes: [2, 3, 3, 2] as unknown as TraceDocument["network"]["sizes"] },
    steps: [
      first,
      ...pass("forward"),
      ...above.steps.filter((s) => s.pass === "backward"),
      ...below.steps.filter((s) => s.pass === "backward"),
    ],
    tensors,
  };
}
