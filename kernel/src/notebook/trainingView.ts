/** A training as a value of a notebook: the loss and the norm of the gradient of each layer over the steps. */
import { type TrainingOptions, type TrainingPoint, type TwoLayer, training } from "../calculus/index.js";
import { type Bundle, tableBundle } from "../display/index.js";

/** N: a network as a value of a notebook. */
export interface TrainingView<N> {
  readonly kind: "nabla.training";
  /** Of all samples, before the first step and after each. */
  readonly losses: readonly number[];
  /** ‖∂L/∂(W, b)‖ of each layer at each step. */
  readonly norms: readonly (readonly number[])[];
  readonly reason: "done" | "diverged";
  readonly sentence: string;
  /** The network as it was at a step; after the last one when no step is given. */
  at(step?: number): N;
}

/** Steps of the table: 0, 1, 2, 5, 10, 20, 50, … and the last. */
const isRound = (step: number): boolean => step < 2 || /^[125]0*$/.test(String(step));

export function trainingView<N>(
  network: TwoLayer,
  options: TrainingOptions,
  view: (network: TwoLayer) => N,
): TrainingView<N> {
  const { points, end } = run(network, options);
  const losses = points.map(({ loss }) => loss);
  const norms = points.map((point) => point.norms);
  const sentence = `${end.sentence}${seedOf(options)}`;
  return Object.freeze({
    kind: "nabla.training",
    losses,
    norms,
    reason: end.reason,
    sentence,
    at(step = points.length - 1) {
      const point = points[step];
      if (!point) throw new RangeError(`step ${step}: the training has the steps 0 to ${points.length - 1}`);
      return view(network.with(point.parameters()));
    },
    [Symbol.for("Jupyter.display")]: (): Bundle => ({
      "application/vnd.plotly.v1+json": figure(losses, norms),
      ...tableBundle(
        points
          .filter(({ step }) => isRound(step) || step === points.length - 1)
          .map(({ step, loss, norms: [first, second] }) => ({
            step,
            loss,
            "‖∂L/∂(W1, b1)‖": first,
            "‖∂L/∂(W2, b2)‖": second,
          })),
        { caption: sentence, digits: 6 },
      ),
    }),
  });
}

function run({ config }: TwoLayer, options: TrainingOptions) {
  const points: TrainingPoint[] = [];
  const steps = training(config, options);
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done) return { points, end: next.value };
    points.push(next.value);
  }
}

/** A run with mini-batches can be repeated: its seed is printed. */
const seedOf = ({ batch, seed = 1 }: TrainingOptions): string =>
  batch === undefined ? "" : ` Mini-batches of ${batch}, seed ${seed}.`;

function figure(losses: readonly number[], norms: readonly (readonly number[])[]): object {
  const line = (name: string, y: readonly number[], dash: string): object => ({
    type: "scatter",
    mode: "lines",
    name,
    y,
    line: { dash },
  });
  const axis = (title: string): object => ({ title: { text: title } });
  return {
    data: [
      line("loss", losses, "solid"),
      line(
        "‖∂L/∂(W1, b1)‖",
        norms.map(([first]) => first!),
        "dash",
      ),
      line(
        "‖∂L/∂(W2, b2)‖",
        norms.map(([, second]) => second!),
        "dot",
      ),
    ],
    layout: { xaxis: axis("step"), yaxis: { ...axis("loss, norm of the gradient"), type: "log" }, height: 320 },
  };
}
