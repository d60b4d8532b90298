/**
 * The lines of one function: the DAG of its outputs as named assignments. A part has a name when the user or the page
 * named it, when it is used twice, or when the line would be long; otherwise it stands where it is used.
 */
import { type Expr, topological } from "../../core/expr.js";
import type { IndexForm } from "../../core/indexForm.js";
import { type Dim, isMatrix, isScalar } from "../../core/shape.js";
import type { Writer } from "../../ops/code/define.js";
import { type Fragment, LEVEL, type Level } from "../../ops/fragment.js";
import { isSymbol, number } from "../../ops/leaves.js";
import type { Scope } from "./names.js";
import type { Output } from "./plan.js";

/** Nodes on one line before a part of it gets a name. */
const LONG = 11;
const LEAVES: ReadonlySet<string> = new Set(["symbol", "number", "dimension", "ones", "zeros", "eye"]);

export interface Line {
  readonly name: string;
  readonly text: string;
}

/** How a language writes nodes; made anew for each function. */
export interface Spelling {
  readonly write: (w: Writer, named: (e: Expr) => boolean) => Fragment;
  /** A number computed from arrays gets a name: it must not be computed inside a loop over entries. */
  readonly hoists?: true;
  /** An order above two, entry by entry; factors are prepared parts. */
  readonly index: (form: IndexForm, w: Writer) => string;
}

export interface BodyTask {
  readonly outputs: readonly Output[];
  readonly stable: (e: Expr) => Expr;
  /** Names for prepared parts. */
  readonly hints: ReadonlyMap<Expr, string>;
  readonly scope: Scope;
  readonly inputs: ReadonlyMap<Expr, string>;
  readonly given: (name: string) => string;
  readonly helper: (name: string) => string;
  readonly size: (dimension: string) => string;
  readonly spelling: Spelling;
}

export interface Body {
  readonly lines: readonly Line[];
  readonly results: readonly string[];
}

export function body(task: BodyTask): Body {
  const roots = task.outputs.map((o) =>
    o.form.kind === "matrix"
      ? [task.stable(o.form.expr)]
      : o.form.index.terms.flatMap((t) => t.factors.map((f) => task.stable(f.expr))),
  );
  const whole = new Set(task.outputs.flatMap((o, i) => (o.form.kind === "index" ? roots[i]! : [])));
  const order = topological(...roots.flat());
  const names = new Map<Expr, string>(task.inputs);
  const named = chosen(order, roots.flat(), whole, task);
  const lines: Line[] = [];
  const done = new Map<Expr, Fragment>();

  const fragment = (e: Expr): Fragment => {
    const name = names.get(e);
    if (name !== undefined) return { out: name, level: LEVEL.atom };
    const known = done.get(e);
    if (known) return known;
    const made = task.spelling.write(writer(e), (x) => names.has(x));
    done.set(e, made);
    return made;
  };
  const print = (e: Expr, min: Level = LEVEL.sum): string => {
    const { out, level } = fragment(e);
    return level < min ? `(${out})` : out;
  };
  const size = (d: Dim): string => {
    const parts = d.names.map(task.size);
    return (d.coefficient === 1 && parts.length > 0 ? parts : [String(d.coefficient), ...parts]).join(" * ");
  };
  const writer = (self: Expr): Writer => ({
    self,
    print,
    fragment,
    arg: (i, min) => print(self.args[i]!, min),
    size,
    helper: task.helper,
    given: (name) => (isSymbol(self) ? names.get(self)! : task.given(name)),
  });

  for (const e of order) {
    if (!named.has(e)) continue;
    const text = print(e);
    const name: string = task.hints.has(e) ? task.scope.fresh(task.hints.get(e)!) : task.scope.numbered(stemOf(e));
    lines.push({ name, text });
    names.set(e, name);
    done.clear();
  }
  const results = task.outputs.map((o, i) =>
    o.form.kind === "matrix"
      ? print(roots[i]![0]!)
      : task.spelling.index(prepared(o.form.index, task.stable), writer(number(0))),
  );
  return { lines, results };
}

/** Factors as the program has them: [X']_ij is X_ji, ones are left out, the identity is a delta. */
function prepared(form: IndexForm, stable: (e: Expr) => Expr): IndexForm {
  const terms = form.terms.map((term) => {
    const factors = term.factors.map(({ expr, row, col }) => {
      const e = stable(expr);
      return e.op === "transpose" ? { expr: e.args[0]!, row: col, col: row } : { expr: e, row, col };
    });
    const identity = factors.filter((f) => f.expr.op === "eye");
    const deltas = identity.map((f) => [f.row!, f.col!] as const);
    return {
      ...term,
      factors: factors.filter((f) => f.expr.op !== "eye" && f.expr.op !== "ones"),
      deltas: [...term.deltas, ...deltas],
    };
  });
  return { ...form, terms };
}

/** A transpose is free: what it turns is counted instead. */
const seen = (e: Expr): Expr => (e.op === "transpose" ? seen(e.args[0]!) : e);

function chosen(
  order: readonly Expr[],
  roots: readonly Expr[],
  whole: ReadonlySet<Expr>,
  { hints, spelling }: BodyTask,
): Set<Expr> {
  const uses = new Map<Expr, number>();
  const use = (e: Expr): void => {
    uses.set(seen(e), (uses.get(seen(e)) ?? 0) + 1);
  };
  for (const e of order) if (e.op !== "transpose") e.args.forEach(use);
  roots.forEach(use);
  const scales = new Set(order.flatMap((e) => (e.op === "scaleRows" ? [seen(e.args[0]!)] : [])));
  const reduces = (e: Expr): boolean => isScalar(e.shape) && e.args.some((a) => !isScalar(a.shape));
  const named = new Set<Expr>();
  const length = new Map<Expr, number>();
  for (const e of order) {
    const inline = e.args.reduce((sum, a) => sum + length.get(a)!, 1);
    const name =
      !LEAVES.has(e.op) &&
      e.op !== "transpose" &&
      (hints.has(e) ||
        (uses.get(e) ?? 0) > 1 ||
        whole.has(e) ||
        scales.has(e) ||
        (spelling.hoists && reduces(e) && !roots.includes(e)) ||
        (inline > LONG && !roots.includes(e)));
    if (name) named.add(e);
    length.set(e, name ? 1 : inline);
  }
  return named;
}

/** What a part without a name of its own is called: p for probabilities, t for a number, v for a vector, M for a matrix. */
function stemOf(e: Expr): string {
  if (e.op === "softmax" || e.op === "softmaxAlong") return "p";
  if (e.op === "sigmoid") return "s";
  return isScalar(e.shape) ? "t" : isMatrix(e.shape) ? "M" : "v";
}
