/**
 * The chain style of a derivative with three axes or more, entry by entry: ∂y_i/∂W_kl = Σ_j ∂y_i/∂z_j ∂z_j/∂W_kl, every
 * local derivative with its structure (δ of an elementwise function, one factor per side of a product), put in and
 * contracted. Names that are used several times have a line each, and the parts are added.
 */
import { type Citation, cite } from "../../core/cite.js";
import type { Derivative } from "../../core/derivation.js";
import { containing, type Expr } from "../../core/expr.js";
import type { IndexLine, IndexName, IndexNode } from "../../core/indexLine.js";
import { axes, type Dim } from "../../core/shape.js";
import type { Let, Step } from "../../core/step.js";
import { sites as sitesFor } from "../../verify/checkStep.js";
import { IndexChecker } from "../indexStyle/indexCheck.js";
import { closedProducts } from "../indexStyle/indexClosed.js";
import { contract, contracted } from "../indexStyle/indexContract.js";
import { NODE_CAP, sums, TOO_LONG } from "../indexStyle/indexExpand.js";
import { freeIndices, freshIndex, takenNames } from "../indexStyle/indexNames.js";
import { contractNote } from "../indexStyle/indexNotes.js";
import {
  add,
  boundNames,
  countNodes,
  entry,
  entryOf,
  partial,
  product,
  rebuildTree,
  treeKey,
  ZERO,
} from "../indexStyle/indexTree.js";
import { SEEDS } from "../prove.js";
import { type ChainGraph, usersOf, writtenOut } from "./chainGraph.js";
import { localEntries } from "./chainLocalEntries.js";
import type { ChainPage } from "./chainPage.js";
import { carrier, chainCitation, isElementwise, SUM_OF_USES, stageRule } from "./chainRules.js";
import { printedForm } from "./chainSides.js";
import { inlineLatex } from "./chainWords.js";

export interface ChainEntries {
  readonly steps: readonly Step[];
  /** What stands in the box, its axes, and the order of its indices as LaTeX. */
  readonly boxed: IndexLine;
  readonly beside: { readonly axes: readonly Dim[]; readonly note: string };
  /** The last line, and the letters of the output and of the variable. */
  readonly end: {
    readonly tree: IndexNode;
    readonly output: readonly IndexName[];
    readonly variable: readonly IndexName[];
  };
}

export function chainEntries(page: ChainPage, result: Derivative): ChainEntries {
  return new Entries(page, result).run();
}

/** Words of a line. */
interface Words {
  readonly rule: string;
  readonly chips: readonly string[];
  readonly cites: readonly Citation[];
  readonly note: string;
}

class Entries {
  private readonly graph: ChainGraph;
  private readonly steps: Step[];
  private readonly check: IndexChecker;
  /** Letters of the entries of every named quantity. */
  private readonly indices = new Map<Expr, readonly IndexName[]>();
  private readonly letters = new Set<string>();
  private readonly taken: ReadonlySet<string>;
  private left: IndexNode = ZERO;
  private free: readonly IndexName[] = [];
  private isNew = false;

  constructor(
    private readonly page: ChainPage,
    private readonly result: Derivative,
  ) {
    const { graph } = page;
    this.graph = graph;
    this.steps = [page.namesStep()];
    const lets: readonly Let[] = [...graph.constants, ...graph.stages];
    const full = writtenOut(graph.f, graph);
    const all = [graph.f, graph.name, graph.x, ...lets.flatMap((l) => [l.symbol, l.value])];
    this.taken = takenNames(all);
    const free = freeIndices(graph.f, graph.x, this.taken);
    this.give(graph.name, free.output);
    this.give(graph.x, free.variable);
    for (const { symbol: s } of [...graph.stages].reverse()) {
      const own: IndexName[] = [];
      for (const dim of axes(s.shape)) {
        const name = freshIndex(dim, this.letters, this.taken);
        this.letters.add(name.name);
        own.push(name);
      }
      this.indices.set(s, own);
    }
    this.check = new IndexChecker({
      x: graph.x,
      lets: [...lets, { symbol: graph.name, value: graph.f }],
      result,
      sites: sitesFor([full], [graph.x], SEEDS),
    });
  }

  private give(s: Expr, indices: readonly IndexName[]): void {
    this.indices.set(s, indices);
    for (const i of indices) this.letters.add(i.name);
  }

  private at = (s: Expr): readonly IndexName[] => this.indices.get(s)!;
  private entryAt = (s: Expr): IndexNode => entryOf(s, this.at(s));
  private by = (of: Expr, y: Expr): IndexNode => partial(this.entryAt(of), this.entryAt(y));
  private valueOf = (s: Expr): Expr => this.graph.stages.find((l) => l.symbol === s)?.value ?? this.graph.f;

  run(): ChainEntries {
    const { graph } = this;
    const path = this.path();
    const last = graph.stages.length === 0 ? this.direct() : path ? this.along(path) : this.perName();
    const [output, variable] = [this.at(graph.name), this.at(graph.x)];
    const free = [...output, ...variable];
    const list = (all: readonly IndexName[]): string => all.map((i) => i.name).join(",");
    return {
      steps: this.steps,
      boxed: {
        kind: "index",
        left: { kind: "head", form: "tensor", of: graph.name, by: graph.x, indices: free },
        right: [this.by(graph.name, graph.x), last],
        where: [],
      },
      beside: {
        axes: free.map((i) => i.dim),
        note: `\\text{index order: output } ${list(output)}\\text{, then variable } ${list(variable)}\\quad(\\text{no layout applies to order ${this.result.order}})`,
      },
      end: { tree: last, output, variable },
    };
  }

  /** x, then the stages, then f, when each is used by the next one only. */
  private path(): readonly Expr[] | undefined {
    const { graph } = this;
    const symbols = [graph.x, ...graph.stages.map((l) => l.symbol)];
    const next: readonly (Let | undefined)[] = [...graph.stages, undefined];
    const single = symbols.every((s, i) => {
      const users = usersOf(graph, s);
      return users.length === 1 && users[0] === next[i];
    });
    return single ? [...symbols, graph.name] : undefined;
  }

  /** No intermediate: the rule of the operator. */
  private direct(): IndexNode {
    const { graph } = this;
    const line = this.local(graph.name, graph.x);
    this.under(graph.name, graph.x);
    this.show(this.localWords(graph.name, graph.x), line);
    return line;
  }

  private along(path: readonly Expr[]): IndexNode {
    const { graph } = this;
    const links = path.slice(1).map((of, k) => ({ of, by: path[k]! }));
    const outerFirst = [...links].reverse();
    const between = path.slice(1, -1).reverse().flatMap(this.at);
    const named = sums(between, product(...outerFirst.map(({ of, by }) => this.by(of, by))));
    const words = {
      rule: "chain",
      chips: ["chain rule"],
      cites: [chainCitation(this.page.layout, true)],
      note: "\\text{chain rule, entry by entry: summed over the entries in between}",
    };
    this.under(graph.name, graph.x);
    this.show(words, named);
    const locals = outerFirst.map(({ of, by }) => {
      const tree = this.local(of, by);
      this.under(of, by);
      this.show(this.localWords(of, by), tree);
      return tree;
    });
    const put = sums(between, product(...locals));
    this.under(graph.name, graph.x);
    return this.finish(put, graph.x);
  }

  /** ∂F/∂y for every name from the last to x; each user of a name adds a sum. */
  private perName(): IndexNode {
    const { graph } = this;
    const known = new Map<Expr, IndexNode>();
    let last: IndexNode | undefined;
    for (const y of [...graph.stages.map((l) => l.symbol).reverse(), graph.x]) {
      const users = usersOf(graph, y).map((u) => u?.symbol ?? graph.name);
      const above = (u: Expr): IndexNode | undefined => (u === graph.name ? undefined : this.by(graph.name, u));
      const part = (u: Expr, up: IndexNode | undefined, own: IndexNode): IndexNode =>
        up ? sums(this.at(u), product(up, own)) : own;
      // Beside other ways from y to u, ∂u/∂y would mean all of them: the one at hand is written out.
      const alone = (u: Expr): boolean => users.length === 1 || (u !== graph.name && this.onlyWay(u, y));
      const named = add(...users.map((u) => part(u, above(u), alone(u) ? this.by(u, y) : this.local(u, y))));
      const put = add(...users.map((u) => part(u, above(u) && known.get(u), this.local(u, y))));
      const times = users.length === 2 ? "twice" : `${users.length} times`;
      const words = {
        rule: users.length > 1 ? "chain/sum" : "chain",
        chips: users.length > 1 ? ["chain rule", `used ${times}`] : ["chain rule"],
        cites: [chainCitation(this.page.layout, true), ...(users.length > 1 ? [SUM_OF_USES] : [])],
        note: users.length > 1 ? `${inlineLatex(y)}\\text{ is used ${times}: the parts are added}` : "",
      };
      this.under(graph.name, y);
      if (treeKey(named) !== treeKey(this.left)) {
        this.show(words, named);
        last = this.finish(put, y);
      } else {
        this.show(this.localWords(graph.name, y), put);
        last = put;
      }
      known.set(y, last);
    }
    return last!;
  }

  /** Does y move u through itself only? */
  private onlyWay(u: Expr, y: Expr): boolean {
    const written = this.valueOf(u);
    return this.graph.stages.every(
      (l) =>
        l.symbol === y || !movesWithin(written, l.symbol) || !movesWithin(writtenOutBut(l.value, this.graph, y), y),
    );
  }

  /** The products with the local derivatives in them, contracted, and read back where that is shorter. */
  private finish(put: IndexNode, y: Expr): IndexNode {
    if (countNodes(put) > NODE_CAP) throw TOO_LONG;
    const note = "\\text{the local derivatives put in}";
    this.show({ rule: "chain/local", chips: ["local derivatives"], cites: [], note }, put);
    let last = contract(put);
    if (treeKey(last) !== treeKey(put)) {
      const said = contracted(put).length > 0 ? contractNote(put) : "";
      this.show({ rule: "index/contract", chips: ["contract δ"], cites: [cite("carson", "§0.1")], note: said }, last);
    }
    if (y !== this.graph.x) return last;
    const form = closedProducts(last);
    if (boundNames(form).length < boundNames(last).length) {
      const readBack = { rule: "index/read-back", chips: ["read back"], cites: [] };
      this.show({ ...readBack, note: "\\text{sums that are matrix products}" }, form);
      last = form;
    }
    return last;
  }

  /** ∂u_…/∂y_… of one stage, written out. */
  private local(u: Expr, y: Expr): IndexNode {
    const stage = { value: this.valueOf(u), at: this.at(u), y, by: this.at(y) };
    const written = localEntries(stage, this.letters, this.taken);
    for (const n of boundNames(written)) this.letters.add(n);
    return this.named(written);
  }

  /** Values of names by their names: [inv(M)]_ip is F_ip. */
  private named(n: IndexNode): IndexNode {
    if (n.kind !== "entry") return rebuildTree(n, (c) => this.named(c));
    const whole = n.expr === this.graph.f ? this.graph.name : this.page.refer(n.expr);
    return entry(whole, n.indices);
  }

  private localWords(u: Expr, y: Expr): Words {
    const value = this.valueOf(u);
    const printed = printedForm(value, y, this.page.layout);
    const uses = containing(value, (e) => e === y);
    const twice = value.op === "mul" && value.args.filter((a) => uses.has(a)).length > 1;
    const elementwise = isElementwise(carrier(value, y));
    const note = twice
      ? `\\text{product rule: }${inlineLatex(y)}\\text{ stands in two factors}`
      : elementwise
        ? "\\text{elementwise: the Jacobian is diagonal}"
        : (printed?.words ?? "");
    return { ...stageRule(value, y, printed), note };
  }

  /** ∂of/∂by of named quantities, on the left of this line and of those below it that have no left-hand side. */
  private under(of: Expr, by: Expr): void {
    this.left = this.by(of, by);
    this.free = [...this.at(of), ...this.at(by)];
    this.isNew = true;
  }

  private show(words: Words, side: IndexNode): void {
    const check = this.check.equal(words.rule, this.left, side, this.free);
    const left = this.isNew ? { left: this.left } : {};
    this.isNew = false;
    const body: IndexLine = { kind: "index", ...left, right: [side], where: [], ranges: false };
    this.steps.push({ ...words, body, conditions: [], shape: "", check });
  }
}

const movesWithin = (e: Expr, s: Expr): boolean => containing(e, (n) => n === s).size > 0;

/** Every named part but `y` written out. */
const writtenOutBut = (e: Expr, { constants, stages }: ChainGraph, y: Expr): Expr =>
  writtenOut(e, { constants, stages: stages.filter((l) => l.symbol !== y) });
