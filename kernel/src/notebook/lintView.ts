/** What `lint` found in documents, as a value of a notebook: findings with their lines, layouts, conflicts between. */
import { type LintDocument, type LintOptions, type LintResult, lint, NablaError } from "../calculus/index.js";
import type { Bundle } from "../display/index.js";
import { escaped } from "./markdownText.js";

export type LintView = LintResult & { toString(): string };

/** Text of a document, or the path of one. */
export function lintView(sources: readonly string[], options: LintOptions): LintView {
  const result = lint(sources.map(documentOf), options);
  const plain = [
    ...result.documents.flatMap(plainDocument),
    ...result.between.map((f) => `between documents: ${f.message}`),
  ];
  const text = plain.join("\n");
  return Object.freeze({
    ...result,
    toString: () => text,
    [Symbol.for("Jupyter.display")]: (): Bundle => ({ "text/markdown": markdown(result), "text/plain": text }),
  });
}

const PATH = /^[^\n$=]+\.(?:md|markdown|tex|txt)$/;

function documentOf(source: string, i: number): LintDocument {
  if (!PATH.test(source)) return { name: `document ${i + 1}`, text: source };
  return { name: source.split("/").pop()!, text: readFile(source) };
}

type Files = { readonly readFileSync: (path: string, encoding: "utf8") => string };
type Host = { readonly process?: { readonly getBuiltinModule?: (name: string) => Files } };

/** Files are there in a kernel of Node, and not in a browser's. */
function readFile(path: string): string {
  const files = (globalThis as Host).process?.getBuiltinModule?.("node:fs");
  if (!files)
    throw new NablaError("unsupported", "lint: no files can be read here", { want: "the text of the document itself" });
  try {
    return files.readFileSync(path, "utf8");
  } catch (error) {
    throw new NablaError("bad_argument", `lint: ${path} cannot be read: ${(error as Error).message}`, { got: path });
  }
}

type Report = LintResult["documents"][number];

const head = ({ name, layout, statements, layouts }: Report): string => {
  const decided = statements.filter((s) => s.verdict !== "undecided").length;
  const counted = `${layouts.denominator} denominator, ${layouts.numerator} numerator, ${layouts.both} both`;
  return `${name}: ${statements.length} statements, ${decided} decided; ${layout ? `${layout} layout` : "no layout seen"} (${counted})`;
};

const plainDocument = (report: Report): string[] => [
  head(report),
  ...report.findings.map((f) => `  ${f.line}: ${f.code}: ${f.message}${f.erratum ? ` [${f.erratum}]` : ""}`),
];

function markdown({ documents, between }: LintResult): string {
  const parts = documents.map((report) => {
    const rows = report.findings.map((f) => `| ${f.line} | ${f.code} | ${escaped(f.message.replace(/\s+/g, " "))} |`);
    const table = rows.length > 0 ? ["| line | | |", "|-|-|-|", ...rows].join("\n") : "nothing found";
    return `**${escaped(head(report))}**\n\n${table}`;
  });
  return [...parts, between.map((f) => `- between documents: ${escaped(f.message)}`).join("\n")]
    .filter(Boolean)
    .join("\n\n");
}
