/** A plan with the names of one language: everything of a program but its spelling. */
import { type Expr, topological } from "../../core/expr.js";
import { axes, isRow } from "../../core/shape.js";
import { handed } from "../../ops/abstract.js";
import { nameOf } from "../../ops/leaves.js";
import { text } from "../text.js";
import { type Body, body, type Spelling } from "./body.js";
import { ascii, scope } from "./names.js";
import { functionsOf, type Output, type Plan } from "./plan.js";
import { type SizeSource, sizeSources } from "./sizes.js";
import { stabiliser } from "./stable.js";
import type { CodeTarget } from "./targets.js";

export interface ProgramFunction {
  readonly name: string;
  readonly outputs: readonly Output[];
  readonly body: Body;
  /** Sizes that the lines speak of, in the order in which they can be computed. */
  readonly sizes: readonly { readonly name: string; readonly source: SizeSource; readonly others: readonly string[] }[];
  /** Functions known by name only, as they are handed over. */
  readonly given: readonly Given[];
  /** Sizes that no argument tells. */
  readonly asked: readonly string[];
}

export interface Given {
  readonly name: string;
  readonly about: string;
}

export interface Input {
  readonly symbol: Expr;
  readonly name: string;
  /** "W: shape (m, n)", "t: a scalar; called τ in the expression". */
  readonly shape: string;
  readonly remark: string;
}

export interface Program {
  readonly plan: Plan;
  readonly inputs: readonly Input[];
  readonly functions: readonly ProgramFunction[];
  readonly helpers: readonly string[];
}

export interface Styling {
  readonly target: CodeTarget;
  /** The name of a function that returns these. */
  readonly functionName: (name: string, outputs: readonly Output[]) => string;
  readonly spelling: (reference: string) => Spelling;
}

export function program(plan: Plan, styling: Styling): Program {
  const names = scope(styling.target);
  const inputs = plan.inputs.map((symbol) => inputOf(symbol, names.fresh(nameOf(symbol))));
  const base = ascii(plan.name);
  const stable = stabiliser();
  const hints = new Map<Expr, string>();
  for (const { symbol, value } of plan.names) {
    const part = stable(value);
    if (part.args.length > 0 && part.op !== "transpose" && !hints.has(part)) hints.set(part, nameOf(symbol));
  }
  const sources = sizeSources(plan.inputs);
  const abstract = new Map(handedIn(plan.outputs.flatMap(exprsOf)).map((e) => [handed(e), names.fresh(handed(e))]));
  const named = functionsOf(plan).map((outputs) => ({
    outputs,
    name: names.fresh(styling.functionName(base, outputs)),
  }));
  const helpers = new Set<string>();
  const functions = named.map(({ outputs, name }) => {
    const inner = names.inner();
    const sizes = new Map<string, string>();
    const order: string[] = [];
    const size = (d: string): string => {
      const known = sizes.get(d);
      if (known !== undefined) return known;
      sources.get(d)?.others.forEach(size);
      const made = inner.fresh(d);
      sizes.set(d, made);
      order.push(d);
      return made;
    };
    const made = body({
      outputs,
      stable,
      hints,
      scope: inner,
      inputs: new Map(inputs.map((i) => [i.symbol, i.name])),
      given: (n) => abstract.get(n)!,
      helper: (n) => {
        helpers.add(n);
        return n;
      },
      size,
      spelling: styling.spelling(inputs[0]?.name ?? ""),
    });
    return {
      name,
      outputs,
      body: made,
      sizes: order.flatMap((d) => {
        const source = sources.get(d);
        return source ? [{ name: sizes.get(d)!, source, others: source.others.map(size) }] : [];
      }),
      given: handedIn(outputs.flatMap(exprsOf)).map((e) => ({ name: abstract.get(handed(e))!, about: aboutGiven(e) })),
      asked: order.filter((d) => !sources.has(d)).map((d) => sizes.get(d)!),
    };
  });
  return { plan, inputs, functions, helpers: [...helpers] };
}

const exprsOf = ({ form }: Output): readonly Expr[] =>
  form.kind === "matrix" ? [form.expr] : form.index.terms.flatMap((t) => t.factors.map((f) => f.expr));

/** One node for every function that is handed over, in the order of their names. */
function handedIn(roots: readonly Expr[]): Expr[] {
  const found = topological(...roots).filter((e) => e.op === "apply" || e.op === "scalarfn");
  return [...new Map(found.map((e) => [handed(e), e])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, e]) => e);
}

function aboutGiven(e: Expr): string {
  const order = e.attrs.order as number;
  const fn = ascii(String(e.attrs.fn));
  if (e.op === "apply") return `${order === 0 ? fn : `derivative ${order} of ${fn}`}, entry by entry`;
  return [`scalar function ${fn}`, `gradient of ${fn}, the shape of its argument`, `Hessian of ${fn}`][order]!;
}

function inputOf(symbol: Expr, name: string): Input {
  const sizes = axes(symbol.shape).map((d) => d.key.replaceAll("*", " * "));
  const shape =
    sizes.length === 0 ? "a scalar" : `shape (${sizes.map(ascii_).join(", ")}${sizes.length === 1 ? "," : ""})`;
  const facts = (symbol.attrs.facts as readonly string[]).join(", ");
  const renamed = name === nameOf(symbol) ? "" : `called ${oneLine(nameOf(symbol))} in the expression`;
  return {
    symbol,
    name,
    shape,
    remark: [isRow(symbol.shape) ? "a row" : "", facts, renamed].filter(Boolean).join("; "),
  };
}

const ascii_ = (size: string): string => size.replace(/[^\x20-\x7e]+/g, ascii);

/** Text of the user in a comment: one line, nothing that could end a comment or a string. */
export const oneLine = (words: string): string =>
  words
    .replace(/\\/g, "\\\\")
    .replace(/"""/g, "'''")
    .replace(/\*\//g, "* /")
    .replace(/[^\x20-\x7e]+/g, (c) => (/^[\p{L}\p{N}]+$/u.test(c) ? c : " "));

/** "f = norm(W*x + b)^2 with its gradient by W" */
export function titleOf({ plan }: Program): string {
  const words = {
    value: "value",
    grad: "gradient",
    jac: "Jacobian",
    hess: plan.wrt[0] === plan.wrt[1] ? "Hessian" : "second derivative",
  };
  const by = [...new Set(plan.wrt)].map((x) => text(x)).join(" and ");
  const parts = plan.outputs.filter((o) => o.role !== "value").map((o) => words[o.role]);
  const derivatives = parts.length === 0 ? "" : `, with its ${parts.join(" and ")} by ${by}`;
  return oneLine(`${plan.source}${derivatives}`);
}

/** f, grad_f, value_and_grad_f, value_grad_and_hess_f. */
export function snakeName(name: string, outputs: readonly Output[]): string {
  const roles = outputs.map((o) => o.role);
  if (roles.length === 1) return roles[0] === "value" ? name : `${roles[0]}_${name}`;
  return `${roles.slice(0, -1).join("_")}_and_${roles[roles.length - 1]}_${name}`;
}
