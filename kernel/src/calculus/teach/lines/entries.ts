/** A line in index notation, ∂f/∂W_kl = …, against the index form of the derivative. */
import { relativeError } from "../../core/dense.js";
import type { topological } from "../../core/expr.js";
import type { IndexName, IndexNode } from "../../core/indexLine.js";
import { valuesOf } from "../../derive/lineState.js";
import { substitute } from "../../ops/build.js";
import { parseIndexText } from "../../text/indexText.js";
import { goodPoint } from "../../verify/domain.js";
import { evaluateIndexForm } from "../../verify/einsum.js";
import { evaluateIndexNode } from "../../verify/indexNode.js";
import { seedsFor } from "../compare.js";
import type { Finding } from "./judge.js";
import type { State, Truth } from "./state.js";

const TOLERANCE = 1e-9;
const FACTORS: readonly (readonly [number, string])[] = [
  [-1, "the sign is wrong"],
  [0.5, "the factor 2 is missing"],
  [2, "a factor 2 too many"],
];

const base = { kind: "index", layoutSeen: undefined, mistakes: [] } as const;

/** @throws NablaError where the text is no index notation */
export function judgeEntry(written: string, truth: Extract<Truth, { kind: "entry" }>, state: State): Finding {
  const free = [...truth.output, ...truth.variable];
  const node = withoutLetsIn(parseIndexText(written, free, state.scope), state);
  if (equal(node, free, 1, state))
    return { ...base, ok: true, code: "right", message: "right, entry by entry", final: true };
  for (const order of permuted(truth.variable)) {
    const swapped = [...truth.output, ...order];
    if (equal(node, swapped, 1, state)) {
      const names = truth.variable.map((i) => i.name).join(" and ");
      return {
        ...base,
        ok: false,
        code: "indices_swapped",
        message: `the indices ${names} are exchanged`,
        mistakes: ["indices_swapped"],
      };
    }
  }
  for (const [factor, says] of FACTORS)
    if (equal(node, free, factor, state))
      return { ...base, ok: false, code: factor === -1 ? "sign" : "factor", message: `right up to a factor: ${says}` };
  return { ...base, ok: false, code: "wrong", message: "this is not the entry of the derivative" };
}

/** The other orders of two indices of one range: with two ranges exchanged indices cannot be read. */
const permuted = (names: readonly IndexName[]): IndexName[][] =>
  names.length === 2 && names[0]!.dim.key === names[1]!.dim.key ? [[names[1]!, names[0]!]] : [];

/** student = factor · the derivative, with the free indices in this order. */
function equal(node: IndexNode, free: readonly IndexName[], factor: number, { derivation }: State): boolean {
  const form = derivation.result.index;
  const exprs = [...form.terms.flatMap((t) => t.factors.map((f) => f.expr)), ...exprsOf(node)];
  return seedsFor(derivation.problem.f, ...exprs).every((seed) => {
    const { point, known } = goodPoint([derivation.problem.f, ...exprs], [], seed);
    const never = (): never => {
      throw new RangeError("no derivative stands in a student's index line");
    };
    const got = evaluateIndexNode(node, free, { point, known, jacobian: never, second: never, slope: never });
    const want = evaluateIndexForm(form, point, known).data.map((x) => factor * x);
    return relativeError(got.data, want) < TOLERANCE;
  });
}

function exprsOf(node: IndexNode): ReturnType<typeof topological> {
  switch (node.kind) {
    case "number":
    case "delta":
      return [];
    case "entry":
      return [node.expr];
    case "sum":
      return exprsOf(node.body);
    case "product":
      return node.factors.flatMap(exprsOf);
    case "add":
      return node.terms.flatMap(exprsOf);
    case "power":
      return exprsOf(node.base);
    case "partial":
      return [...exprsOf(node.of), ...exprsOf(node.by)];
    case "function":
      return [node.body, ...exprsOf(node.argument)];
  }
}

function withoutLetsIn(node: IndexNode, state: State): IndexNode {
  const values = valuesOf(state.lets);
  const change = (n: IndexNode): IndexNode => {
    switch (n.kind) {
      case "number":
      case "delta":
        return n;
      case "entry":
        return { ...n, expr: substitute(n.expr, values) };
      case "sum":
        return { ...n, body: change(n.body) };
      case "product":
        return { ...n, factors: n.factors.map(change) };
      case "add":
        return { ...n, terms: n.terms.map(change) };
      case "power":
        return { ...n, base: change(n.base) };
      case "partial":
        return { ...n, of: change(n.of), by: change(n.by) };
      case "function":
        return { ...n, argument: change(n.argument) };
    }
  };
  return change(node);
}
