/** The lines of one index derivation, in the order a person writes them. */
import { type Citation, cite } from "../../core/cite.js";
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexDefinition, IndexLine, IndexNode } from "../../core/indexLine.js";
import { axes, isMatrix, isScalar } from "../../core/shape.js";
import type { Let, Step } from "../../core/step.js";
import { opOf } from "../../ops/index.js";
import { nameOf } from "../../ops/leaves.js";
import { refer } from "../refer.js";
import { contract, deltas, pullOutDeltas, sumsInFront } from "./indexContract.js";
import { differentiate, formTree, replacePartials } from "./indexDiff.js";
import { expand, NODE_CAP, TOO_LONG } from "./indexExpand.js";
import { constantsOf, contractNote, deltaNote, linearNote, productNote, pullOutNote } from "./indexNotes.js";
import { byAxes, definitions, type IndexProblem } from "./indexProblem.js";
import { boundNames, children, containsKind, countNodes, entry, partial, rebuildTree, treeKey } from "./indexTree.js";

const SECTION: Citation = cite("carson", "§0.1");
const LOSS: Citation = cite("carson", "§0.2.1");

interface LineWords {
  readonly rule: string;
  readonly chips: readonly string[];
  readonly cites?: readonly Citation[];
  readonly note: string;
}

/** Where the lines go on from those of a first derivative. */
interface Continued {
  readonly isSecond: true;
  /** Named parts that the page has defined. */
  readonly defined: ReadonlySet<Expr>;
}

export class IndexLines {
  readonly steps: Step[] = [];
  /** 𝓛(y) of an abstract 𝓛 and a y that is linear in the variable: the four lines of the loss chain. */
  readonly isLossChain: boolean;
  readonly defined: Set<Expr>;
  private readonly names: ReadonlySet<string>;
  /** Lines before their numbers: a page that grows too long is left before any of it is evaluated. */
  private readonly written: (() => Step)[] = [];
  private line: IndexNode;

  constructor(
    private readonly problem: IndexProblem,
    private readonly continued?: Continued,
  ) {
    const { f, lets } = problem;
    this.defined = new Set(continued?.defined);
    this.names = new Set(problem.all.map((i) => i.name));
    this.line = problem.expansion;
    this.isLossChain = f.op === "scalarfn" && lets.length === 1 && f.args[0] === lets[0]!.symbol;
  }

  last(): IndexNode {
    return this.line;
  }

  run(): void {
    this.write();
    this.steps.push(...this.written.map((checked) => checked()));
  }

  private write(): void {
    const { problem } = this;
    const scalar = isScalar(problem.f.shape);
    const bare = problem.name === problem.f || this.continued !== undefined;
    if (!scalar && !bare) this.expansionLine();
    this.firstLines(scalar && !bare);
    if (this.isLossChain) return this.lossLines();
    this.chainLines();
    this.contraction();
    this.readBack();
  }

  /** A_ij = Σ_r B_ir C_rj. */
  private expansionLine(): void {
    const { problem } = this;
    const product = problem.f.op === "mul";
    const lets: readonly Let[] = [{ symbol: problem.name, value: problem.f }];
    const body = this.body([problem.expansion], problem.left, lets);
    const check = (): Step["check"] =>
      problem.check.equal("expand", problem.left, problem.expansion, problem.free.output);
    const note = product ? productNote(boundNames(problem.expansion)) : "\\text{coordinate expansion}";
    this.push(
      { rule: "index/expand", chips: [product ? "expand product" : "expand"], cites: [SECTION], note },
      body,
      check,
    );
  }

  /** ∂/∂x_kl of the expansion, and the same with ∂ inside; one line or two. */
  private firstLines(expandHere: boolean): void {
    const { problem } = this;
    const { expansion, context } = problem;
    const whole = partial(expansion, context.by);
    const inside = this.limited(this.byName(differentiate(expansion, this.names, context)));
    if (expandHere) {
      const named = definitions([expansion], problem, new Set()).map((w) => nameOf((w.left as EntryNode).expr));
      const chips = ["coordinate expansion", ...(named.length > 0 ? [`let ${named.join(", ")}`] : [])];
      this.show({ rule: "index/expand", chips, cites: [SECTION], note: "\\text{coordinate expansion}" }, [whole], true);
    }
    const second = this.continued !== undefined && treeKey(whole) !== treeKey(inside);
    const both = second || (!expandHere && isMatrix(problem.f.shape) && problem.name !== problem.f);
    this.line = inside;
    this.show(this.wordsOf(inside), both ? [whole, inside] : [inside], !expandHere);
  }

  /** Entries of a softmax that has a name are written with the name. */
  private byName(n: IndexNode): IndexNode {
    const { f, name } = this.problem;
    if (f.op !== "softmax") return n;
    return n.kind === "entry" && n.expr === f ? { ...n, expr: name } : rebuildTree(n, (c) => this.byName(c));
  }

  private wordsOf(inside: IndexNode): LineWords {
    const { problem } = this;
    const { expansion, x, context } = problem;
    if (this.isLossChain)
      return { rule: "index/chain", chips: ["chain rule"], cites: [LOSS], note: "\\text{chain rule}" };
    const operators = [...context.used].filter((op) => op !== "scalarfn").map((op) => opOf(op).rule);
    const own = operators.map((r) => r.chip);
    const cites = operators.map((r) => r.cite);
    const chained = this.partOf(inside) || containsKind(expansion, "power") || containsKind(expansion, "function");
    if (chained)
      return { rule: "index/chain", chips: [...own, "chain rule"], cites, note: "\\text{chain rule, entry by entry}" };
    if (own.length > 0)
      return {
        rule: `index/${[...context.used].join("+")}`,
        chips: own,
        cites,
        note: operators.map((r) => r.formula).join(",\\ "),
      };
    if (containsKind(inside, "add") && !containsKind(expansion, "add"))
      return { rule: "index/product", chips: ["product"], cites: [cite("notes", "(4)")], note: "\\text{product rule}" };
    const constants = constantsOf(expansion, context.moving);
    const chips = ["linear", ...(constants.length > 0 ? ["constant"] : [])];
    return { rule: "index/linear", chips, cites: [SECTION], note: linearNote(constants, x) };
  }

  /** ∂L/∂y_i ∂y_i/∂A_kl: coordinate form of y, δ with the inner sums, then the outer sums. */
  private lossLines(): void {
    const { problem } = this;
    const outer = new Set(boundNames(this.line));
    const inFront = sumsInFront(this.opened(this.line));
    if (treeKey(inFront) !== treeKey(this.line)) {
      this.line = inFront;
      const part = problem.lets[0]!;
      const note = `\\text{coordinate form of } \\mathbf ${nameOf(part.symbol)}`;
      this.show({ rule: "index/linear", chips: ["linear", "constant"], cites: [cite("carson", "§0.2")], note }, [
        this.line,
      ]);
    }
    const words = {
      rule: "index/delta",
      chips: ["δ for an entry"],
      cites: [SECTION],
      note: deltaNote(this.line, problem.x, false),
    };
    this.line = contract(deltas(this.line, problem.x), (index) => !outer.has(index.name));
    this.show(words, [this.line], false, false);
    this.contractAll(false);
  }

  /** ∂ of the named parts is written out, one level on a line; the last level at once with its deltas. */
  private chainLines(): void {
    const { problem } = this;
    while (this.partOf(this.line)) {
      const before = this.limited(this.opened(this.line));
      this.line = before;
      if (this.partOf(before) || !containsKind(before, "partial")) {
        this.show({ rule: "index/chain", chips: ["chain rule"], note: "\\text{chain rule, entry by entry}" }, [before]);
        continue;
      }
      this.deltaLine(before);
    }
    if (!this.hasOwnPartial(this.line)) return;
    const short = axes(problem.f.shape).length === 1 && !containsKind(this.line, "add");
    if (!short) return this.deltaLine(this.line);
    const before = this.line;
    const after = deltas(before, problem.x);
    this.line = contract(after);
    const chips = ["δ for an entry", ...(treeKey(after) === treeKey(this.line) ? [] : ["contract δ"])];
    this.show({ rule: "index/delta", chips, cites: [SECTION], note: deltaNote(before, problem.x, false) }, [this.line]);
  }

  private deltaLine(before: IndexNode): void {
    const { problem } = this;
    const inWords = isMatrix(problem.f.shape) && isMatrix(problem.x.shape);
    this.line = deltas(before, problem.x);
    this.show(
      { rule: "index/delta", chips: ["δ for an entry"], cites: [SECTION], note: deltaNote(before, problem.x, inWords) },
      [this.line],
    );
  }

  private contraction(): void {
    if (isMatrix(this.problem.f.shape)) {
      const pulled = pullOutDeltas(this.line);
      if (treeKey(pulled) !== treeKey(this.line)) {
        const note = pullOutNote(this.line);
        this.line = pulled;
        this.show(
          { rule: "index/factor-out", chips: ["factor out"], cites: [cite("carson", '§0.1 ("is pulled out")')], note },
          [pulled],
        );
      }
    }
    this.contractAll(true);
  }

  private contractAll(ranges: boolean): void {
    const after = contract(this.line);
    if (treeKey(after) === treeKey(this.line)) return;
    const note = contractNote(this.line);
    const place = isMatrix(this.problem.f.shape) ? '§0.1 ("sets every term … to 0")' : "§0.1";
    this.line = after;
    this.show(
      { rule: "index/contract", chips: ["contract δ"], cites: [cite("carson", place)], note },
      [after],
      false,
      ranges,
    );
  }

  /** Σ_s A_ks X_sj is [AX]_kj: sums that are matrix products are read back where no layout applies. */
  private readBack(): void {
    const { result, all, lets, context } = this.problem;
    if (result.order <= 2) return;
    const known = new Map(result.index.free.map((index, n) => [index.id, all[n]!]));
    const form = named(formTree(result.index, known, this.names, context.taken), lets);
    if (boundNames(form).length >= boundNames(this.line).length) return;
    this.line = form;
    this.show({ rule: "index/read-back", chips: ["read back"], note: "\\text{sums that are matrix products}" }, [form]);
  }

  /** Every ∂(named part)/∂x_kl by the expansion of the part. */
  private opened(n: IndexNode): IndexNode {
    const { lets, context } = this.problem;
    return replacePartials(n, this.names, (of, names) => {
      const part = lets.find((l) => l.symbol === of.expr);
      if (!part) return undefined;
      const used = new Set([...names, ...of.indices.map((i) => i.name)]);
      return differentiate(expand(part.value, ...byAxes(part.value, of.indices), used, context), used, context);
    });
  }

  private partOf(n: IndexNode): boolean {
    if (n.kind === "partial" && n.by.kind === "entry" && n.by.expr === this.problem.x)
      return n.of.kind === "entry" && this.problem.lets.some((l) => l.symbol === (n.of as EntryNode).expr);
    return children(n).some((c) => this.partOf(c));
  }

  private hasOwnPartial(n: IndexNode): boolean {
    if (n.kind === "partial") return n.of.kind === "entry" && n.of.expr === this.problem.x;
    return children(n).some((c) => this.hasOwnPartial(c));
  }

  private limited(n: IndexNode): IndexNode {
    if (countNodes(n) > NODE_CAP) throw TOO_LONG;
    return n;
  }

  private body(right: readonly IndexNode[], left?: IndexNode, lets?: readonly Let[], ranges = true): IndexLine {
    const where: readonly IndexDefinition[] = this.isLossChain ? [] : definitions(right, this.problem, this.defined);
    return {
      kind: "index",
      ...(left ? { left } : {}),
      right,
      where,
      ...(lets ? { lets } : {}),
      ...(ranges ? {} : { ranges: false as const }),
    };
  }

  private show(words: LineWords, right: readonly IndexNode[], first = false, ranges = true): void {
    const left = first ? partial(this.problem.left, this.problem.context.by) : undefined;
    const { check, all } = this.problem;
    const sides = [...(left ? [left] : []), ...right];
    check.admit(sides, all);
    this.push(words, this.body(right, left, undefined, ranges), () => check.admitted(words.rule, sides, all));
  }

  private push(words: LineWords, body: IndexLine, check: () => Step["check"]): void {
    const { rule, chips, cites = [], note } = words;
    this.written.push(() => ({ rule, chips, cites, note, body, conditions: [], shape: "", check: check() }));
  }
}

/** Entries written with the names of the parts. */
const named = (n: IndexNode, lets: readonly Let[]): IndexNode =>
  n.kind === "entry" ? entry(refer(n.expr, lets), n.indices) : rebuildTree(n, (c) => named(c, lets));
