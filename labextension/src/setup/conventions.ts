/** The conventions a trace rests on, with their values in words: what the header shows and Setup offers. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { Conventions, TraceDocument } from "nabla";

export interface Choice<K extends keyof Conventions = keyof Conventions> {
  readonly key: K;
  readonly label: string;
  readonly options: readonly { readonly value: Conventions[K]; readonly words: string }[];
  /** True where this network can show a difference. */
  readonly matters: (network: TraceDocument["network"]) => boolean;
}

const choice = <K extends keyof Conventions>(one: Choice<K>): Choice => one as unknown as Choice;

/** All but the layout, which is the reader's and needs no new numbers. */
export const conventionChoices = (trans: TranslationBundle): readonly Choice[] => [
  choice({
    key: "samples",
    label: trans.__("samples"),
    options: [
      { value: "rows", words: trans.__("samples as rows") },
      { value: "columns", words: trans.__("samples as columns") },
    ],
    matters: ({ batch }) => batch > 1,
  }),
  choice({
    key: "reduction",
    label: trans.__("loss of a batch"),
    options: [
      { value: "sum", words: trans.__("sum over samples") },
      { value: "mean", words: trans.__("mean over samples") },
    ],
    matters: ({ batch }) => batch > 1,
  }),
  choice({
    key: "mse",
    label: trans.__("squared error"),
    options: [
      { value: "half", words: "½‖r‖²" },
      { value: "sum", words: "‖r‖²" },
      { value: "mean", words: "‖r‖²/k" },
    ],
    matters: ({ loss }) => loss === "mse",
  }),
  choice({
    key: "kink",
    label: trans.__("slope at the kink"),
    options: [
      { value: 0, words: "φ′(0) = 0" },
      { value: 0.5, words: "φ′(0) = ½" },
      { value: 1, words: "φ′(0) = 1" },
    ],
    matters: ({ activation }) => activation === "relu" || activation === "leaky-relu",
  }),
  choice({
    key: "fused",
    label: trans.__("softmax and loss"),
    options: [
      { value: false, words: trans.__("softmax unfused") },
      { value: true, words: trans.__("softmax fused") },
    ],
    matters: ({ loss }) => loss === "cross-entropy",
  }),
  choice({
    key: "fine",
    label: trans.__("size of the steps"),
    options: [
      { value: false, words: trans.__("whole steps") },
      { value: true, words: trans.__("elementary steps") },
    ],
    matters: () => true,
  }),
  choice({
    key: "digits",
    label: trans.__("digits"),
    options: [
      { value: 3, words: trans.__("3 digits") },
      { value: 6, words: trans.__("6 digits") },
      { value: "all", words: trans.__("all digits") },
    ],
    matters: () => true,
  }),
];

/** The option in force, and the one that follows it. */
export function inForce({ key, options }: Choice, conventions: Conventions) {
  const at = Math.max(
    0,
    options.findIndex(({ value }) => value === conventions[key]),
  );
  return { now: options[at]!, next: options[(at + 1) % options.length]! };
}
