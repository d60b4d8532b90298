/** Pages as the golden derivations print them: LaTeX without spacing and sizes, chips, citations. */
import { declare, derivationDocument, derive, parse } from "../../../kernel/src/calculus/index.js";
import type { Page, PageLine } from "../../../kernel/src/calculus/print/page.js";

export type Layout = Page["layout"];
export type Style = Page["style"];

export function page(expr: string, vars: string, wrt: string, layout: Layout, style: Style = "differential"): Page {
  const scope = declare(vars);
  const names = wrt.split(",").map((n) => n.trim());
  const variables = names.map((n) => scope.symbols.get(n)!);
  const document = derivationDocument(derive(parse(expr, scope).expr, variables, { layout, style, text: expr }));
  return document.pages.find((p) => p.layout === layout && p.style === style)!;
}

/** LaTeX compared without white space, thin spaces, sizes of fences and braces around one character. */
export const bare = (latex: string): string =>
  latex
    .replace(/\\(big|Big|bigg|Bigg)[lr]?(?![a-z])|\\left(?![a-z])|\\right(?![a-z])|\\!|\\,|\\;|\\ |&/g, "")
    .replace(/\\math(bf|cal|rm) ?(\w)/g, (_, kind: string, c: string) => `\\math${kind}{${c}}`)
    .replace(/\s+/g, "")
    .replace(/([_^])\{(.)\}/g, "$1$2");

export const right = (line: PageLine): string[] => line.right.map(bare);
export const chips = (p: Page): string[] => p.lines.map((l) => l.chips.map((c) => c.name).join(" | "));
export const cites = (p: Page): string[] => p.lines.map((l) => l.tags.map((t) => t.label).join("; "));
export const shapes = (p: Page): string[] => p.lines.map((l) => l.shape);
export const boxed = (p: Page, layout: Layout): string => bare(p.results.find((r) => r.layout.startsWith(layout))!.latex);
export const everything = (p: Page): string => JSON.stringify(p);
