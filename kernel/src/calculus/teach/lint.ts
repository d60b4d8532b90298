/**
 * A document of mathematics, read statement by statement: in which layout every derivative is, where layouts conflict,
 * what is false with a counterexample, which slips of the notes it repeats, and what its typesetting has lost.
 */
import type { Layout } from "../core/step.js";
import { SLIPS } from "./errata/index.js";
import { checksOf, type Finding } from "./lint/checks.js";
import { type Definitions, decideClaim, type LintStatement, layoutOf } from "./lint/claims.js";
import { formulasOf, plainLines, type Row, rowsOf } from "./lint/formulas.js";
import { notationConflicts, type Signs, signsOf } from "./lint/notation.js";
import { spelling } from "./lint/spelling.js";

/** A document to be read. */
export interface LintDocument {
  readonly name: string;
  /** Markdown, LaTeX, or lines of the grammar. */
  readonly text: string;
}

/** Options of `lint`. */
export interface LintOptions {
  /** The layout that the document should be in; otherwise that of most of its statements. */
  readonly layout?: Layout | undefined;
}

/** What is said of one document. */
export interface LintReport {
  readonly name: string;
  readonly statements: readonly LintStatement[];
  readonly findings: readonly Finding[];
  /** The layout of most statements that have one. */
  readonly layout: Layout | undefined;
  /** Statements by layout. */
  readonly layouts: { readonly denominator: number; readonly numerator: number; readonly both: number };
}

/** What is said of documents, and between them. */
export interface LintResult {
  readonly documents: readonly LintReport[];
  /** Conflicts between documents. */
  readonly between: readonly Finding[];
}

/**
 * Reads documents.
 * @example lint([{ name: "hints", text: "$\\frac{\\partial a^T x}{\\partial x} = a$" }]).documents[0].layout // "denominator"
 */
export function lint(documents: readonly LintDocument[], options: LintOptions = {}): LintResult {
  const read = documents.map((d) => lintOne(d, options));
  const layouts = read.filter(({ report }) => report.layout !== undefined).map(({ report }) => report);
  const differ = new Set(layouts.map((r) => r.layout)).size > 1;
  const told = layouts.map((r) => `${r.name} is in ${r.layout} layout`).join(", ");
  return {
    documents: read.map(({ report }) => report),
    between: [
      ...(differ ? [{ code: "layouts_differ" as const, line: 0, message: told }] : []),
      ...(documents.length > 1
        ? notationConflicts(read.map(({ report, signs }) => ({ name: report.name, signs })))
        : []),
    ],
  };
}

function lintOne({ name, text }: LintDocument, options: LintOptions): { report: LintReport; signs: Signs } {
  const lines = text.split("\n");
  const found = formulasOf(text);
  const notation = found.length > 0 ? "tex" : "text";
  const formulas = found.length > 0 ? found : plainLines(text);
  const definitions: Definitions = new Map();
  const statements = formulas
    .flatMap((f) => (notation === "tex" ? rowsOf(f) : [f as Row]))
    .filter((row) => /=/.test(row.latex))
    .map((row) => decideClaim(row, notation, definitions));
  const layouts = { denominator: 0, numerator: 0, both: 0 };
  for (const { layoutSeen } of statements) if (layoutSeen) layouts[layoutSeen]++;
  const most = layouts.denominator === layouts.numerator ? undefined : layouts.denominator > layouts.numerator;
  const layout = most === undefined ? undefined : most ? "denominator" : "numerator";
  const findings = [
    ...statements.flatMap(falseOnes),
    ...slipsPrinted(lines, statements),
    ...layoutConflicts(statements, options.layout ?? layout),
    ...checksOf(formulas, lines),
  ];
  const report = { name, statements, findings: sorted(findings), layout: options.layout ?? layout, layouts } as const;
  return { report, signs: signsOf(formulas, lines) };
}

const sorted = (findings: readonly Finding[]): Finding[] => [...findings].sort((a, b) => a.line - b.line);

function falseOnes({ line, message, verdict, errata }: LintStatement): Finding[] {
  if (errata.length > 0) return errata.map((erratum) => ({ code: "slip", line, message, erratum }));
  return verdict === "false" ? [{ code: "false", line, message }] : [];
}

/** Slips in the spelling of the notes, where the statement itself cannot be read. */
function slipsPrinted(lines: readonly string[], statements: readonly LintStatement[]): Finding[] {
  const known = new Set(statements.flatMap((s) => s.errata.map((id) => `${id} ${s.line}`)));
  const spelt = lines.map(spelling);
  return SLIPS.flatMap((slip) =>
    (slip.prints ?? []).flatMap((print) =>
      spelt.flatMap((text, i): Finding[] => {
        if (!text.includes(print) || known.has(`${slip.id} ${i + 1}`)) return [];
        const message = `prints ${slip.printed}; it is ${slip.correct}. ${slip.why}`;
        return [{ code: "slip", line: i + 1, message, erratum: slip.id }];
      }),
    ),
  );
}

function layoutConflicts(statements: readonly LintStatement[], layout: Layout | undefined): Finding[] {
  const other = statements.filter((s) => layoutOf(s.layoutSeen) !== undefined);
  const mixed = new Set(other.map((s) => s.layoutSeen)).size > 1;
  if (!mixed && !other.some((s) => layout !== undefined && s.layoutSeen !== layout)) return [];
  return other
    .filter((s) => layout === undefined || s.layoutSeen !== layout)
    .map(({ line, text, layoutSeen }) => ({
      code: "layout_conflict",
      line,
      message: `${text.replace(/\s+/g, " ")} is in ${layoutSeen} layout${layout ? `, the document in ${layout}` : ", and others are not"}`,
    }));
}
