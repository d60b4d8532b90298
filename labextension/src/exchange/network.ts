/**
 * The network that somebody else wrote: a file, a text, a link. Only what a network has is taken, entry by entry; what
 * is wrong is one sentence that names it.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig } from "nabla";
import { conventionChoices } from "../setup/conventions.js";
import { shortened } from "../setup/number.js";
import { isListOf, isRecord } from "../trace/json.js";

export const NETWORK_KIND = "nabla.network";
const NETWORK_VERSION = 1;
/** More units in a layer, or samples, than this the panel does not take from outside. */
const LARGEST = 8;

const ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky-relu", "identity"];
const LOSSES = ["cross-entropy", "binary-cross-entropy", "mse"];
const MATRICES = ["W1", "W2", "X", "Y"];
const COLUMNS = ["b1", "b2", "x", "y"];

export type ReadNetwork = { readonly config: NetworkConfig } | { readonly problem: string };

/** The bare network as a file carries it. */
export const networkFile = (config: NetworkConfig): object => ({
  kind: NETWORK_KIND,
  version: NETWORK_VERSION,
  ...config,
});

export function readNetwork(value: unknown, trans: TranslationBundle): ReadNetwork {
  const problem = (sentence: string): ReadNetwork => ({ problem: sentence });
  const wrong = (name: string, want: string, got: unknown): ReadNetwork =>
    problem(trans.__("%1: expected %2, got %3.", name, want, shortened(JSON.stringify(got) ?? "nothing")));
  if (!isRecord(value) || value.kind !== NETWORK_KIND) return problem(trans.__("This is no network and no trace."));
  if (value.version !== NETWORK_VERSION)
    return problem(
      trans.__(
        "The network has version %1; this panel reads version %2. Update jupyterlab-nabla.",
        shortened(String(value.version)),
        NETWORK_VERSION,
      ),
    );
  const config: Record<string, unknown> = {};
  for (const [name, known] of [
    ["activation", ACTIVATIONS],
    ["loss", LOSSES],
  ] as const) {
    if (value[name] === undefined) continue;
    if (!known.includes(value[name] as string)) return wrong(name, known.join(", "), value[name]);
    config[name] = value[name];
  }
  if (value.bias !== undefined && typeof value.bias !== "boolean") return wrong("bias", "true, false", value.bias);
  if (value.bias !== undefined) config.bias = value.bias;
  if (value.sizes !== undefined) {
    if (!isListOf(value.sizes, isCount) || value.sizes.length !== 3)
      return wrong("sizes", trans.__("three whole numbers from 1 to %1", LARGEST), value.sizes);
    config.sizes = value.sizes;
  }
  for (const name of [...MATRICES, ...COLUMNS]) {
    const numbers = value[name];
    if (numbers === undefined) continue;
    const good = MATRICES.includes(name) ? isListOf(numbers, isRow) : isRow(numbers);
    if (!good || (numbers as unknown[]).length > LARGEST || (numbers as unknown[]).length === 0)
      return wrong(name, trans.__("finite numbers, at most %1×%1", LARGEST), numbers);
    config[name] = numbers;
  }
  const conventions = readConventions(value.conventions, trans);
  if ("wrong" in conventions) return wrong(conventions.wrong, conventions.want, conventions.got);
  return { config: { ...config, conventions: conventions.taken } as NetworkConfig };
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST;
const isRow = (value: unknown): value is number[] =>
  isListOf(value, (entry): entry is number => typeof entry === "number" && Number.isFinite(entry)) &&
  value.length <= LARGEST;

type ReadConventions =
  | { readonly taken: NetworkConfig["conventions"] & object }
  | { readonly wrong: string; readonly want: string; readonly got: unknown };

function readConventions(value: unknown, trans: TranslationBundle): ReadConventions {
  if (value === undefined) return { taken: {} };
  if (!isRecord(value)) return { wrong: "conventions", want: "{ … }", got: value };
  const known: readonly { key: string; values: readonly unknown[] }[] = [
    { key: "layout", values: ["denominator", "numerator"] },
    ...conventionChoices(trans).map(({ key, options }) => ({ key, values: options.map((option) => option.value) })),
  ];
  const taken: Record<string, unknown> = {};
  for (const { key, values } of known) {
    if (value[key] === undefined) continue;
    if (!values.includes(value[key])) return { wrong: key, want: values.join(", "), got: value[key] };
    taken[key] = value[key];
  }
  return { taken };
}
