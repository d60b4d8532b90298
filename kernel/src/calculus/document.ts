/**
 * A derivation as the document that viewers show: the pages of both layouts and of every style that has one, so that a
 * page can be turned without a kernel.
 */
import { CHOICES } from "./core/choices.js";
import type { Derivation, Erratum } from "./core/derivation.js";
import type { Expr } from "./core/expr.js";
import type { Layout, Step } from "./core/step.js";
import { derive } from "./derive/derive.js";
import { isSymmetricHessian, semidefiniteForm } from "./derive/hessianForm.js";
import { linearise } from "./derive/linearise.js";
import { withoutLets } from "./derive/lineState.js";
import { refer } from "./derive/refer.js";
import { type Told, tell } from "./derive/styles.js";
import { nameOf } from "./ops/leaves.js";
import { chainPageLine } from "./print/chainPage.js";
import { tag } from "./print/citation.js";
import { conditionText } from "./print/conditions.js";
import { differentialPage, header, stepLine } from "./print/differentialPage.js";
import { foldedLines } from "./print/foldedLines.js";
import { hessianReading } from "./print/hessianReading.js";
import { indexResultLatex, indexStepLine } from "./print/indexPage.js";
import { latex } from "./print/latex.js";
import type { Box, DerivationDocument, Page, PageLine } from "./print/page.js";
import { checkLine, reading, results } from "./print/results.js";

const OTHER_STYLES = CHOICES.style.filter((style) => style !== "differential");

/**
 * The pages of a derivation in both layouts and every style that has one.
 * @example derivationDocument(derivation).pages.map((page) => `${page.style}, ${page.layout}`)
 */
export function derivationDocument(derivation: Derivation): DerivationDocument {
  const { layout, style, text } = derivation.problem;
  const pages = CHOICES.layout.flatMap((l) => pagesIn(derivation, l));
  return { kind: "nabla.derivation", version: 1, text, shown: { layout, style }, pages };
}

function pagesIn(derivation: Derivation, layout: Layout): Page[] {
  const { problem } = derivation;
  const same = problem.layout === layout && problem.style === "differential";
  const told = same ? derivation : derive(problem.written, problem.wrt, { ...problem, layout, style: "differential" });
  const others = OTHER_STYLES.flatMap((style) => {
    const made = tell(style, { ...problem, layout });
    return "refused" in made ? [] : [{ style, made }];
  });
  const said = others.find(({ made }) => made.reading)?.made;
  const pages = [
    differential(told, layout),
    ...others.map(({ style, made }) => otherPage(named(told, made), made, layout, style)),
  ];
  return pages.map((page) => (said ? { ...page, reading: readingOn(page, said) } : page));
}

/** All pages of an answer read alike; a name that only the index page gives is explained on the others. */
function readingOn(page: Page, { reading: words = "", names }: Told): string {
  const said = sentence(words);
  if (page.style === "index") return said;
  const explained = names
    .map(({ symbol, value }) => ({ name: latex(symbol), value: latex(value) }))
    .filter(({ name }) => said.includes(`$${name}$`) || said.includes(`$${name.replace(/^\\mathbf /, "")}_`))
    .map(({ name, value }) => `$${name}=${value}$`);
  return explained.length > 0 ? `${said} Here ${explained.join(", ")}.` : said;
}

function differential(derivation: Derivation, layout: Layout): Page {
  const { denominator } = derivation.shown;
  const hessian = denominator && isSymmetricHessian(derivation);
  return {
    ...frame(derivation, layout, derivation.steps),
    style: "differential",
    ...differentialPage(derivation, layout, differentialsOf(derivation)),
    ...(hessian ? { reading: hessianReading(derivation, semidefiniteForm(denominator)) } : {}),
  };
}

/** dz of the names whose differential a line puts in: z = −y∘(Xw), dz = −y∘(X dw). */
function differentialsOf({ names, problem, steps }: Derivation): ReadonlyMap<Expr, Expr> {
  const used = names.filter(({ symbol }) => steps.some((s) => s.chips.includes(`substitute d${nameOf(symbol)}`)));
  const wrt = new Set(problem.wrt);
  return new Map(used.map(({ symbol, value }) => [symbol, linearise(withoutLets(names, value), wrt)]));
}

function otherPage(derivation: Derivation, told: Told, layout: Layout, style: (typeof OTHER_STYLES)[number]): Page {
  const line = (s: Step): PageLine => (s.body.kind === "chain" ? chainPageLine(s) : indexStepLine(s));
  // The pages of all styles go from independent entries to those of a structure in the same line.
  const structure = derivation.steps.filter((s) => s.rule.startsWith("structure/"));
  const box = told.boxed &&
    structure.length === 0 && {
      latex: indexResultLatex(told.boxed, told.beside),
      layout: boxedLayout(derivation, layout),
      here: true,
    };
  const { lines, sections } = foldedLines(told.steps.map(line));
  return {
    ...frame(derivation, layout, [...told.steps, ...structure]),
    style,
    header: header({ ...derivation, names: [] }, layout, style),
    lines: [...lines, ...structure.map((s) => stepLine(s, false, derivation.problem.f))],
    folded: [
      ...sections,
      ...told.asides.map((a) => ({ title: a.title, lines: a.steps.map(line), ...(a.text ? { text: a.text } : {}) })),
    ],
    ...(box ? { results: [box] } : {}),
  };
}

/** The answer with the names of this page. */
function named(derivation: Derivation, { names }: Told): Derivation {
  const { denominator, numerator } = derivation.matrices;
  const shown = {
    ...(denominator ? { denominator: refer(denominator, names) } : {}),
    ...(numerator ? { numerator: refer(numerator, names) } : {}),
  };
  return { ...derivation, shown };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const boxedLayout = ({ result }: Derivation, layout: Layout): string =>
  result.order > 2 ? "index form: no layout applies" : layout;

/** What every page has, whatever its style. */
function frame(
  derivation: Derivation,
  layout: Layout,
  steps: readonly Step[],
): Omit<Page, "style" | "header" | "lines" | "folded"> {
  return {
    layout,
    conditions: derivation.conditions.map((c) => conditionText(c, (e) => `$${latex(e)}$`)),
    results: results(derivation, layout),
    boxes: derivation.errata.map(erratumBox),
    check: checkLine(derivation.proof, steps, derivation.refused),
    reading: reading(derivation),
  };
}

const erratumBox = (e: Erratum): Box => ({
  kind: "erratum",
  title: `The notes print it otherwise (${tag(e.source).label}, ${e.layout} layout)`,
  text: e.text,
});
