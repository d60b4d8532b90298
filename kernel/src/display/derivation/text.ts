/** A derivation for a terminal: signs instead of LaTeX, the equal signs and the reasons in columns. */
import type { DerivationDocument, Page, PageLine } from "../../calculus/index.js";
import { inlineText } from "../inline.js";
import { latexToText } from "../latexText/index.js";
import { boxTitle, layoutWords, resultsInOrder, shownPage } from "./page.js";
import { opens } from "./rows.js";

/** A reason goes below a line that is longer than this. */
const EQUATION = 72;

export function derivationText(document: DerivationDocument): string {
  const page = shownPage(document);
  const head = [...page.header, ...page.conditions.map((condition) => `condition: ${condition}`)].map(inlineText);
  return sections([
    [...head, `${page.style} style, ${layoutWords(page.layout)}`],
    columns(page.lines),
    results(page),
    ...page.boxes.map(({ kind, title, text }) => [
      `! ${inlineText(boxTitle(kind, title))}`,
      ...indent([inlineText(text)]),
    ]),
    ...page.folded.map(folded),
    [inlineText(page.reading), inlineText(page.check)],
  ]);
}

const sections = (parts: readonly (readonly string[])[]): string =>
  parts
    .map((lines) => lines.filter((line) => line.trim() !== "").join("\n"))
    .filter((part) => part !== "")
    .join("\n\n");

const indent = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);

/** Characters that take a place; combining marks take none. */
const width = (text: string): number => [...text.replace(/\p{M}/gu, "")].length;
const pad = (text: string, to: number): string => text + " ".repeat(Math.max(0, to - width(text)));

function columns(lines: readonly PageLine[]): string[] {
  const left = lines.map((line) => latexToText(line.left));
  const opening = lines.map((_, i) => opens(lines, i));
  const margin = Math.max(0, ...left.map(width));
  const equations = lines.flatMap((line, i) =>
    (line.right.length > 0 ? line.right : [""]).map((right, nth) => {
      const text = latexToText(right);
      const start = `${nth === 0 ? String(i + 1).padStart(3) : "   "}  `;
      if (nth === 0 && opening[i]) return { i, nth, text: start + text };
      return { i, nth, text: `${start}${pad(nth === 0 ? left[i]! : "", margin)}${text ? ` = ${text}` : ""}` };
    }),
  );
  const short = equations.map(({ text }) => width(text)).filter((w) => w <= EQUATION);
  const reasonAt = Math.max(0, ...short) + 3;
  return equations.flatMap(({ i, nth, text }) => {
    const why = nth === 0 ? reason(lines[i]!) : "";
    if (why === "") return [text];
    return width(text) <= EQUATION ? [pad(text, reasonAt) + why] : [text, " ".repeat(reasonAt) + why];
  });
}

function reason({ chips, tags, shape }: PageLine): string {
  const names = chips.map(({ name }) => name).join(", ");
  const cited = tags
    .map(({ label, erratum }) => (erratum ? `${label} (erratum: ${inlineText(erratum)})` : label))
    .join(", ");
  return [names && `[${names}]`, cited, shape && `{${shape}}`].filter((part) => part !== "").join(" ");
}

const results = (page: Page): string[] =>
  resultsInOrder(page).map(
    ({ latex, layout, here }) => `${here ? "=>" : "  "} ${latexToText(latex)}   (${layoutWords(layout)})`,
  );

const folded = ({ title, lines, text }: Page["folded"][number]): string[] => [
  inlineText(title),
  ...indent([...(text ? [inlineText(text)] : []), ...columns(lines)]),
];
