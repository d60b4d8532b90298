/** `nabla lint`: documents read statement by statement, findings with their lines; exit status 1 where there are some. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { CHOICES, type LintOptions, type LintResult, lint } from "../calculus/index.js";

export const LINT_OPTIONS = { layout: { type: "string" }, json: { type: "boolean", default: false } } as const;

export function lintCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: LINT_OPTIONS, allowPositionals: true });
  if (positionals.length === 0) {
    console.error("nabla lint: expected files, as in: nabla lint notes.md");
    return 2;
  }
  if (values.layout !== undefined && !(CHOICES.layout as readonly string[]).includes(values.layout)) {
    console.error(`nabla lint: unknown --layout ${values.layout}; expected ${CHOICES.layout.join(", ")}`);
    return 2;
  }
  const documents = positionals.map((file) => ({ name: path.basename(file), text: readFileSync(file, "utf8") }));
  const result = lint(documents, { layout: values.layout as LintOptions["layout"] });
  console.log(values.json ? JSON.stringify(result, null, 2) : page(result, positionals));
  return result.between.length + result.documents.reduce((n, d) => n + d.findings.length, 0) > 0 ? 1 : 0;
}

/** file:line: code: message, as editors read it. */
function page({ documents, between }: LintResult, files: readonly string[]): string {
  const found = documents.flatMap((d, i) => d.findings.map((f) => `${files[i]}:${f.line}: ${f.code}: ${f.message}`));
  const layouts = documents.map((d, i) => `${files[i]}: ${d.statements.length} statements, ${d.layout ?? "no"} layout`);
  return [...found, ...between.map((f) => `${f.code}: ${f.message}`), ...layouts].join("\n");
}
