/** The page of a differential-style derivation. Lines speak of differentials, in which dL/dy is a row. */
import type { Derivation } from "../core/derivation.js";
import { type Expr, topological, treeSize } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { DifferentialLine, Layout, Let, ResultLine, Step, Style } from "../core/step.js";
import { build } from "../ops/build.js";
import { d, isSymbol, nameOf } from "../ops/leaves.js";
import { chip } from "./chips.js";
import { tags } from "./citation.js";
import { foldedList } from "./fold.js";
import { foldedLines } from "./foldedLines.js";
import { isGradient, latex } from "./latex.js";
import type { Page, PageLine } from "./page.js";
import { factorShapes, latexDim, latexShape, space, underbraced } from "./shapes.js";

const inLines = (e: Expr): string => latex(e, { layout: "numerator" });

/** How the function is called on the left of the result: itself when it is short, otherwise f. */
export function functionName(f: Expr): string {
  if (f.op === "scalarfn") return latex(f).replace(/\(.*$/, "");
  if (treeSize(f) > 4) return isScalar(f.shape) ? "f" : "\\mathbf f";
  const product = f.op === "mul" || f.op === "add" || f.op === "times" || f.op === "hadamard";
  return product ? `(${latex(f)})` : latex(f);
}

export function derivativeName(f: Expr, wrt: readonly Expr[]): string {
  if (wrt.length === 2) {
    const square = wrt[0] === wrt[1];
    return square && isScalar(f.shape)
      ? `\\nabla^2 ${functionName(f)}`
      : `\\frac{\\partial^2 ${functionName(f)}}{${wrt.map((x) => `\\partial ${latex(x)}`).join("\\,")}}`;
  }
  return `\\frac{\\partial ${functionName(f)}}{\\partial ${latex(wrt[0]!)}}`;
}

const vecName = (f: Expr, wrt: readonly Expr[]): string => {
  const of = wrt.length === 2 ? `\\nabla_{${latex(wrt[0]!)}} ${functionName(f)}` : functionName(f);
  return `\\frac{\\partial\\operatorname{vec}${of}}{\\partial(\\operatorname{vec}${latex(wrt[wrt.length - 1]!)})^\\top}`;
};

export function stepLine(step: Step, first: boolean, f: Expr): PageLine {
  const base = {
    note: step.note,
    chips: step.chips.map(chip),
    tags: tags(step.cites),
    maxRelError: step.check.maxRelError,
  };
  if (step.body.kind === "result") return { ...base, ...resultLine(step.body) };
  if (step.body.kind !== "differential")
    throw new TypeError(`a differential page has no line of kind ${step.body.kind}`);
  return { ...base, ...differentialLine(step.body, first, f) };
}

function differentialLine(
  body: DifferentialLine,
  first: boolean,
  f: Expr,
): Pick<PageLine, "left" | "right" | "shape" | "shaped"> {
  const where = body.where ?? [];
  const printed = (e: Expr): string => `${inLines(e)}${bar(e, where)}`;
  const sides = [...(body.via ? [body.via] : []), body.after];
  const shaped = sides.map((e) => (underbraced(e, inLines) ?? inLines(e)) + bar(e, where));
  const right = sides.map(printed);
  return {
    left: body.of ? differentialOf(body.of) : first ? leftOf(f) : "",
    right,
    shape: factorShapes(body.after),
    ...(shaped.some((s, i) => s !== right[i]) ? { shaped } : {}),
  };
}

/** d of a name, or of f. */
const differentialOf = (of: Expr): string => (isSymbol(of) ? inLines(d(of)) : leftOf(of));

const leftOf = (f: Expr): string =>
  f.op === "scalarfn"
    ? `d${functionName(f)}`
    : treeSize(f) > 9
      ? isScalar(f.shape)
        ? "df"
        : "d\\mathbf f"
      : inLines(d(f));

/** |_{y = Wx + b} after a line that still speaks of y. */
function bar(e: Expr, where: readonly Let[]): string {
  const nodes = new Set(topological(e));
  const named = where.filter((l) => nodes.has(l.symbol));
  if (named.length === 0) return "";
  return `\\,\\Big|_{${named.map((l) => `${latex(l.symbol)}=${inLines(l.value)}`).join(",\\,")}}`;
}

function resultLine(body: ResultLine): Pick<PageLine, "left" | "right" | "shape"> {
  return {
    left: body.vec ? vecName(body.of, body.wrt) : derivativeName(body.of, body.wrt),
    right: [latex(body.expr, { layout: body.layout })],
    shape: "",
  };
}

/** `differentials` are those of named parts that the header defines. */
export function differentialPage(
  derivation: Derivation,
  layout: Layout,
  differentials: ReadonlyMap<Expr, Expr>,
): Pick<Page, "header" | "lines" | "folded"> {
  const { f } = derivation.problem;
  const { lines, sections } = foldedLines(
    derivation.steps.map((s, i) =>
      withSubstitution(withLeft(stepLine(s, i === 0, f), derivation, i), s, differentials),
    ),
  );
  return {
    header: header(derivation, layout, "differential", differentials),
    lines,
    folded: [
      ...sections,
      ...derivation.asides.map((a) => ({
        title: a.title,
        lines: a.steps.map((s) => asideLine(s, f)),
        ...(a.text ? { text: a.text } : {}),
      })),
    ],
  };
}

/** dz = −y∘(X dw), as the header gives it, where a line puts it in. */
function withSubstitution(line: PageLine, { chips, rule }: Step, differentials: ReadonlyMap<Expr, Expr>): PageLine {
  const put = [...differentials].filter(([symbol]) => chips.includes(`substitute d${nameOf(symbol)}`));
  if (put.length === 0) return line;
  const formulas = put.map(([symbol, dz]) => `${inLines(d(symbol))}=${inLines(dz)}`);
  const turned = rule.includes("hadamard/order") ? ["\\circ\\text{ commutes}"] : [];
  return { ...line, note: [...formulas, ...turned].join(";\\ ") };
}

/** The Hessian's lines start from the gradient that was read off. */
function withLeft(line: PageLine, { steps, problem }: Derivation, i: number): PageLine {
  const before = steps[i - 1]?.body;
  if (before?.kind !== "result" || steps[i]!.body.kind !== "differential") return line;
  const gradient = isScalar(problem.f.shape)
    ? `\\nabla ${functionName(problem.f)}`
    : derivativeName(problem.f, before.wrt);
  return { ...line, left: `d(${gradient})` };
}

function asideLine(step: Step, f: Expr): PageLine {
  const line = stepLine(step, true, f);
  return step.body.kind === "differential" ? { ...line, left: inLines(step.body.before) } : line;
}

/** Problem, shapes, what is constant, the names, and what dL/dy is in this layout. */
export function header(
  derivation: Derivation,
  layout: Layout,
  style: Style,
  differentials: ReadonlyMap<Expr, Expr> = new Map(),
): string[] {
  const { f, wrt } = derivation.problem;
  const symbols = topological(f).filter(isSymbol);
  const shapes = symbols.map((s) => `${latex(s)}\\in${space(s.shape)}`).join(",\\ ");
  const constants = symbols.filter((s) => !wrt.includes(s));
  const name = functionName(f);
  const itself = name === latex(f) || name === `(${latex(f)})`;
  const out = [`$${itself ? latex(f) : `${name}=${latex(f)}`}\\in${space(f.shape)},\\quad ${shapes}$`];
  const fixed = constants.length > 0 ? ` ($${constants.map((s) => latex(s)).join(",\\ ")}$ constant)` : "";
  out.push(`wrt $${[...new Set(wrt)].map((x) => latex(x)).join(",\\ ")}$${fixed}`);
  const lets = derivation.names.map(({ symbol, value }) => {
    const dz = differentials.get(symbol);
    const moves = dz ? `,\\quad ${inLines(d(symbol))}=${inLines(dz)}` : "";
    return `let $${latex(symbol)}=${latex(value)}\\in${space(symbol.shape)}${moves}$`;
  });
  out.push(...foldedList(lets, ({ letter, first, last }) => ` ($${letter}=${first},\\dots,${last}$)`));
  if (printsSigmoid(derivation)) out.push("$s(z)=\\frac{1}{1+e^{-z}}$ (sigmoid), entry by entry");
  if (symbols.length > 0 && topological(f).some((e) => e.op === "det")) out.push(determinantNote(f));
  out.push(...upstreamNotes(derivation, layout, style));
  return out.filter(Boolean);
}

/** s or s′ in the problem, in a line or in the result. */
function printsSigmoid({ problem, shown, steps }: Derivation): boolean {
  const inStep = ({ body }: Step): readonly Expr[] =>
    body.kind === "differential" ? [body.after] : body.kind === "result" ? [body.expr] : [];
  const printed = [problem.f, shown.denominator, shown.numerator, ...steps.flatMap(inStep)];
  return printed.some((e) => e && topological(e).some((x) => x.op === "sigmoid" || x.op === "D_sigmoid"));
}

const determinantNote = (f: Expr): string => {
  const det = topological(f).find((e) => e.op === "det")!;
  return `$${latex(det)}$ is the determinant here`;
};

/** The row dL/dy and the column ∂L/∂y are told apart on every page that prints them. */
function upstreamNotes(derivation: Derivation, layout: Layout, style: Style): string[] {
  const { denominator, numerator } = derivation.shown;
  const shown = [denominator, numerator].flatMap((e) => (e ? topological(e) : []));
  const upstream = new Set(shown.filter((e) => isGradient(e) && !derivation.problem.wrt.includes(e.args[0]!)));
  return [...upstream].flatMap((e) => upstreamNote(e, layout, style));
}

function upstreamNote(gradient: Expr, layout: Layout, style: Style): string[] {
  const y = gradient.args[0]!;
  const row = latex(build.transpose(gradient), { layout: "numerator" }).replace("\\frac", "\\dfrac");
  const column = latex(gradient).replace("\\frac", "\\dfrac");
  const wide = `$1\\times ${latexDim(y.shape.rows)}$`;
  const tall = `$${latexShape(y.shape)}$`;
  if (style === "index") return [`$${column}$ is ${tall} (a column, its entries are those of the lines)`];
  if (style === "chain" && layout === "denominator")
    return [
      `$${column}$ is ${tall} (denominator layout)`,
      `in the numerator result $${row}$ is ${wide}, the same as a row`,
    ];
  return [
    `$${row}$ is ${wide} (numerator layout)${layout === "denominator" && style === "differential" ? " in the lines" : ""}`,
    `in the denominator result $${column}$ is now ${tall}`,
  ];
}
