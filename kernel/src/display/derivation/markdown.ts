/**
 * A derivation in Markdown that JupyterLab, Notebook, VS Code, nbconvert and GitHub all typeset: one `aligned` with the
 * lines numbered, a list with the rule and the citation of each number, the boxed result with its layout's name.
 */
import type { Box, DerivationDocument, Page, PageLine } from "../../calculus/index.js";
import { codeWord, escapeHtml, escapeMarkdown, markdownMath } from "../escape.js";
import { inlineMarkdown, inlineMath, inlineText, noteMarkdown } from "../inline.js";
import { latexToText } from "../latexText/index.js";
import { boxTitle, layoutWords, resultsInOrder, shownPage } from "./page.js";
import { alignedRows } from "./rows.js";

export function derivationMarkdown(document: DerivationDocument): string {
  const page = shownPage(document);
  return blocks([
    ...page.header.map(inlineMarkdown),
    ...page.conditions.map((condition) => `*Condition:* ${inlineMarkdown(condition)}`),
    `*${page.style} style, ${layoutWords(page.layout)}*`,
    ...numbered(page.lines),
    results(page),
    ...page.boxes.map(quoted),
    ...page.folded.map(folded),
    inlineMarkdown(page.reading),
    inlineMarkdown(page.check),
  ]);
}

const blocks = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");
const display = (latex: string): string => `$$\n${markdownMath(latex)}\n$$`;

function numbered(lines: readonly PageLine[]): string[] {
  if (lines.length === 0) return [];
  const reason = (line: PageLine, i: number): string =>
    `\\text{(${i + 1})}${line.note && isShort(line) ? `\\quad ${inlineMath(line.note)}` : ""}`;
  const aligned = `\\begin{aligned}\n${alignedRows(lines, reason).join(" \\\\\n")}\n\\end{aligned}`;
  return [display(aligned), lines.map((line, i) => `${i + 1}. ${why(line)}`).join("\n")];
}

/** A reason that is a sentence stands in the list: beside its line it would be wider than the page. */
const isShort = ({ note }: PageLine): boolean => latexToText(inlineMath(note)).length <= 56;

/** "`norm²` `let y` — 002 §2 (used) — shape 1×m · m×n": chips, citations, shapes; what a line does not have is left out. */
function why(line: PageLine): string {
  const { chips, tags, shape, note } = line;
  const cited = tags.map(({ label, erratum }) =>
    erratum ? `${escapeMarkdown(label)} (*erratum:* ${inlineMarkdown(erratum)})` : escapeMarkdown(label),
  );
  const parts = [
    chips.map(({ name }) => codeWord(name)).join(" "),
    cited.join(", "),
    shape && `shape ${escapeMarkdown(shape)}`,
    isShort(line) ? "" : noteMarkdown(note),
  ];
  return parts.filter((part) => part !== "").join(" — ");
}

function results(page: Page): string {
  const all = resultsInOrder(page);
  const here = all.filter((result) => result.here);
  const boxed = here.map(({ latex, layout }) => display(`\\boxed{${latex}}\\quad\\text{${layoutWords(layout)}}`));
  const others = all.filter((result) => !result.here);
  const other = others.map(({ latex, layout }) => `In ${layoutWords(layout)}: $${markdownMath(latex)}$`);
  return blocks([...boxed, ...other]);
}

/** A box as a quotation. */
function quoted({ kind, title, text }: Box): string {
  const paragraphs = text.split(/\n\s*\n/).map(inlineMarkdown);
  return blocks([`**${inlineMarkdown(boxTitle(kind, title))}**`, ...paragraphs]).replace(/^(.?)/gm, (_, first) =>
    first ? `> ${first}` : ">",
  );
}

/** A title inside HTML is not typeset everywhere, so it is in plain signs. */
function folded({ title, lines, text }: Page["folded"][number]): string {
  const summary = `<details>\n<summary>${escapeHtml(inlineText(title))}</summary>`;
  return blocks([summary, ...(text ? [inlineMarkdown(text)] : []), ...numbered(lines), "</details>"]);
}
