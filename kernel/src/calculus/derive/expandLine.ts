/**
 * One line of differentiation: the outermost differentials of one kind are expanded by the rules of their operators.
 * Sums and products (and the sum of entries) are expanded through in one line, as a person writes them; every other
 * operator takes a line of its own.
 */
import { type Citation, cite } from "../core/cite.js";
import { type Expr, topological } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b, substitute } from "../ops/build.js";
import { latexName } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";
import { d, isNumber, nameOf } from "../ops/leaves.js";
import { type LineState, letSymbols, openDifferentials, varies } from "./lineState.js";

export interface LineMove {
  readonly rule: string;
  readonly chips: readonly string[];
  readonly cites: readonly Citation[];
  readonly note: string;
  readonly via?: Expr;
  readonly line: Expr;
  readonly conditions?: readonly string[];
  /** "dW2 = 0" of the constants that were passed, LaTeX. */
  readonly zero?: readonly string[];
}

/** Sums and products: a line goes through them without stopping. */
export const goesAlong = (e: Expr): boolean => opOf(e.op).linear === "along";

const IN_OPERATOR_TABLE: ReadonlyMap<string, string> = new Map([
  ["log", "\\ln"],
  ["exp", "\\exp"],
]);
const SIGMOID_FORMULA = "ds(\\mathbf z)=s'(\\mathbf z)\\circ d\\mathbf z";

export function expandLine(state: LineState): LineMove | undefined {
  const open = openDifferentials(state);
  const first = open[0];
  if (!first) return undefined;
  const kind = kindOf(first.args[0]!);
  const made = new Collector(state);
  let line = made.expand(
    state.line,
    open.filter((e) => kindOf(e.args[0]!) === kind),
  );
  if (kind === "linear" || kind === "transpose") line = made.linearClosure(line);
  line = made.elementwiseOfLet(line);
  return made.move(line);
}

const kindOf = (e: Expr): string => (goesAlong(e) ? "linear" : e.op);

class Collector {
  private readonly rules: string[] = [];
  private readonly chips: string[] = [];
  private readonly cites: Citation[] = [];
  private readonly notes: string[] = [];
  private readonly functions: string[] = [];
  private readonly constants = new Set<Expr>();
  private readonly moving: (e: Expr) => boolean;
  private readonly names: Set<Expr>;

  constructor(private readonly state: LineState) {
    this.moving = varies(state);
    this.names = letSymbols(state);
  }

  expand(line: Expr, targets: readonly Expr[]): Expr {
    const by = new Map<Expr, Expr>();
    for (const t of targets) by.set(t, this.differential(t.args[0]!));
    return substitute(line, by);
  }

  linearClosure(start: Expr): Expr {
    let line = start;
    for (;;) {
      const next = openDifferentials({ ...this.state, line }).filter((e) => goesAlong(e.args[0]!));
      if (next.length === 0) return line;
      line = this.expand(line, next);
    }
  }

  /** Functions applied entry by entry to a named part, and the constants between them, go with the line. */
  elementwiseOfLet(start: Expr): Expr {
    let line = start;
    for (;;) {
      const next = openDifferentials({ ...this.state, line }).filter((e) => this.chainOfLet(e.args[0]!));
      if (next.length === 0) return line;
      line = this.expand(line, next);
    }
  }

  private chainOfLet(e: Expr): boolean {
    if (this.names.has(e)) return true;
    const moving = e.args.filter(this.moving);
    const passes = opOf(e.op).elementwise === true || e.op === "add" || e.op === "times";
    return passes && moving.length === 1 && this.chainOfLet(moving[0]!);
  }

  private differential(e: Expr): Expr {
    if (e.op === "logdet") return this.logDeterminant(e);
    const record = opOf(e.op);
    const terms: Expr[] = [];
    e.args.forEach((arg, i) => {
      if (this.moving(arg)) terms.push(record.differential(b, e, i, this.of(arg)));
    });
    this.note(e, terms.length);
    return terms.length === 0 ? b.zeros(e.shape) : b.add(...terms);
  }

  /** ln|X| by the scalar chain rule, as the notes do it: the determinant has a line of its own. */
  private logDeterminant(e: Expr): Expr {
    const determinant = b.op("det", [e.args[0]!]);
    this.scalarLog();
    return b.times(b.pow(determinant, -1), d(determinant));
  }

  private scalarLog(): void {
    this.add(
      "scalar-chain",
      ["ln", "scalar chain"],
      { source: "notes", at: "(1)" },
      "\\text{scalar chain rule, } d\\ln u=u^{-1}du",
    );
  }

  private of(arg: Expr): Expr {
    return d(arg);
  }

  private note(e: Expr, moving: number): void {
    const { rule } = opOf(e.op);
    const scalarLog = e.op === "log" && isScalar(e.shape);
    if (scalarLog) this.scalarLog();
    else if (isScalar(e.shape) && opOf(e.op).elementwise)
      this.add("scalar-chain", ["scalar chain"], { source: "notes", at: "(1)" }, "\\text{scalar chain rule}");
    else if (goesAlong(e)) {
      const product = e.op !== "add" && e.op !== "sum" && (moving > 1 || !onlyNumbers(e, this.moving));
      if (e.op === "add" && moving > 1) this.add("linear", ["linear"], rule.cite, "");
      if (product && e.op !== "diag" && e.op !== "vec") this.add(rule.id, [rule.chip], rule.cite, "");
      for (const a of e.args) if (!this.moving(a)) for (const s of symbolsIn(a)) this.constants.add(s);
      if (e.args.some((a) => !this.moving(a) && symbolsIn(a).length > 0))
        this.add("constant", ["constant"], undefined, "");
    } else this.function(e);
  }

  /** The operator table of 003 has ln and exp; the page says which of them the line goes through. */
  private function(e: Expr): void {
    const { rule } = opOf(e.op);
    const name = IN_OPERATOR_TABLE.get(e.op);
    if (!name) return this.add(rule.id, [rule.chip], rule.cite, e.op === "sigmoid" ? SIGMOID_FORMULA : rule.formula);
    this.add(rule.id, [rule.chip], rule.cite, "");
    this.add(rule.id, [rule.chip], cite("handwritten", "operator table"), "");
    if (!this.functions.includes(name)) this.functions.push(name);
  }

  private add(rule: string, chips: readonly string[], cite: Citation | undefined, note: string): void {
    if (!this.rules.includes(rule)) this.rules.push(rule);
    for (const c of chips) if (!this.chips.includes(c)) this.chips.push(c);
    if (cite && !this.cites.some((c) => c.source === cite.source && c.at === cite.at)) this.cites.push(cite);
    if (note && !this.notes.includes(note)) this.notes.push(note);
  }

  move(line: Expr): LineMove {
    // "constant" stands right behind the product or sum it belongs to, as the notes say it.
    const chips = this.chips.filter((c) => c !== "constant");
    const behind = Math.max(chips.lastIndexOf("product"), chips.lastIndexOf("linear"));
    if (this.chips.includes("constant")) chips.splice(behind < 0 ? chips.length : behind + 1, 0, "constant");
    const rules = this.rules.length > 0 ? this.rules : ["linear"];
    const functions = this.functions.length > 0 ? [`\\text{elementwise: }${this.functions.join(",\\ ")}`] : [];
    const notes = [...functions, ...this.notes];
    return {
      rule: rules.join(" + "),
      chips: chips.length > 0 ? chips : ["linear"],
      cites: this.cites,
      note: notes.length > 0 ? notes.join(",\\ ") : this.reason(),
      line,
      zero: this.zero(),
    };
  }

  /** "from eq. (4), dx = 0, db = 0" where only sums and products were expanded. */
  private reason(): string {
    const numbers = this.cites.filter((c) => c.source === "notes" && c.at.startsWith("(")).map((c) => c.at);
    const eq = numbers.length === 0 ? [] : [`\\text{from eq${numbers.length > 1 ? "s" : ""}. ${numbers.join(", ")}}`];
    return [...eq, ...this.zero()].join(",\\ ");
  }

  private zero(): string[] {
    return [...this.constants].slice(0, 3).map((s) => {
      const bold = !isScalar(s.shape);
      return `d${latexName(nameOf(s), bold)}=${bold ? "\\mathbf 0" : "0"}`;
    });
  }
}

const onlyNumbers = (e: Expr, moving: (e: Expr) => boolean): boolean => e.args.every((a) => moving(a) || isNumber(a));

const symbolsIn = (e: Expr): Expr[] => topological(e).filter((x) => x.op === "symbol");
