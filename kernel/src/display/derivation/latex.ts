/**
 * A derivation as the body of a LaTeX document: it compiles by itself between `\begin{document}` and `\end{document}`
 * with amsmath and amssymb. The rule and its citation stand at the right of every line.
 */
import type { Box, DerivationDocument, Page, PageLine } from "../../calculus/index.js";
import { escapeLatex } from "../escape.js";
import { inlineLatex, inlineMath } from "../inline.js";
import { boxTitle, layoutWords, resultsInOrder, shownPage } from "./page.js";
import { alignedRows } from "./rows.js";

export function derivationLatex(document: DerivationDocument): string {
  const page = shownPage(document);
  return paragraphs([
    ...page.header.map(inlineLatex),
    ...page.conditions.map((condition) => `\\emph{Condition:} ${inlineLatex(condition)}`),
    `\\emph{${page.style} style, ${layoutWords(page.layout)}}`,
    aligned(page.lines),
    ...resultsInOrder(page).map(result),
    ...page.boxes.map(quoted),
    ...page.folded.map(folded),
    inlineLatex(page.reading),
    inlineLatex(page.check),
  ]);
}

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

const aligned = (lines: readonly PageLine[]): string =>
  lines.length > 0 ? `\\begin{align*}\n${alignedRows(lines, reason).join(" \\\\\n")}\n\\end{align*}` : "";

function reason({ note, chips, tags }: PageLine): string {
  const names = chips.map(({ name }) => name).join(", ");
  const cited = tags.map(({ label }) => label).join(", ");
  const words = [names, cited].filter((part) => part !== "").join("; ");
  const chip = words ? `\\text{\\footnotesize [${escapeLatex(words)}]}` : "";
  return [note ? inlineMath(note) : "", chip].filter((part) => part !== "").join("\\ ");
}

const result = ({ latex, layout, here }: Page["results"][number]): string =>
  `\\[\n${here ? `\\boxed{${latex}}` : latex}\\quad\\text{${escapeLatex(layoutWords(layout))}}\n\\]`;

const quoted = ({ kind, title, text }: Box): string =>
  `\\begin{quote}\n\\textbf{${inlineLatex(boxTitle(kind, title))}.} ${inlineLatex(text)}\n\\end{quote}`;

const folded = ({ title, lines, text }: Page["folded"][number]): string =>
  paragraphs([`\\textbf{${inlineLatex(title)}}`, text ? inlineLatex(text) : "", aligned(lines)]);
