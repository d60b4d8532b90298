/** The formulas of a Markdown, LaTeX or plain document with their lines, and their rows as statements. */
export interface Formula {
  /** Line of the document on which it begins, from 1. */
  readonly line: number;
  readonly latex: string;
  readonly display: boolean;
  /** What is written before it on its line. */
  readonly before: string;
}

/** One statement of a formula: a row, with the rows that go on with it. */
export interface Row {
  readonly line: number;
  readonly latex: string;
}

const MATH =
  /\$\$([\s\S]*?)\$\$|\\\[([\s\S]*?)\\\]|\\begin\{(equation|align|gather)(\*?)\}([\s\S]*?)\\end\{\3\4\}|\\\(([\s\S]*?)\\\)|\$([^$\n]+)\$/g;

export function formulasOf(document: string): Formula[] {
  const lineAt = lineCounter(document);
  return [...document.matchAll(MATH)].map((m) => ({
    line: lineAt(m.index),
    latex: m[1] ?? m[2] ?? m[5] ?? m[6] ?? m[7]!,
    display: m[6] === undefined && m[7] === undefined,
    before: document.slice(document.lastIndexOf("\n", m.index) + 1, m.index),
  }));
}

/** Lines of a document without any formula, as text of the grammar. */
export const plainLines = (document: string): Formula[] =>
  document
    .split("\n")
    .flatMap((latex, i) => (latex.includes("=") ? [{ line: i + 1, latex, display: true, before: "" }] : []));

export function lineCounter(document: string): (at: number) => number {
  const ends = [...document.matchAll(/\n/g)].map((m) => m.index);
  return (at) => ends.filter((end) => end < at).length + 1;
}

const FRAMES = /\\(?:begin|end)\{(?:aligned|split|gathered|array)\}(?:\{[^{}]*\})?|(?<!\\b)egin\{(?:aligned|split)\}/g;

/** Rows at \\ outside matrices; one that begins with = goes on with the row before. */
export function rowsOf({ latex, line }: Formula): Row[] {
  const rows: { line: number; latex: string }[] = [];
  if (/\\begin\{(?:[bpv]?matrix|cases)\}/.test(latex)) return [];
  let at = line;
  for (const piece of latex.replace(FRAMES, (s) => s.replace(/[^\n]/g, "")).split(/\\\\(?:\[[^\]]*\])?/)) {
    // Behind && stands a reason.
    const [claim = ""] = piece.split("&&");
    const made = claim.replace(/&/g, " ").trim();
    const start = at + (/^\s*/.exec(piece)?.[0].split("\n").length ?? 1) - 1;
    at += piece.split("\n").length - 1;
    const last = rows[rows.length - 1];
    if (made === "") continue;
    if (/^=/.test(made) && last) {
      last.latex += ` ${bare(made)}`;
    } else rows.push({ line: start, latex: bare(made) });
  }
  return rows;
}

/** Without numbers, shapes under braces, and words beside the formula. */
function bare(latex: string): string {
  let text = latex
    .replace(/\\(?:tag|label)\{[^{}]*\}/g, "")
    .replace(/\\q?quad\b[\s\S]*$/, "")
    .replace(/\((?:[^()]|\([^()]*\))*\\text\s*\{[^{}]*\}\s*\)/g, "")
    .replace(/[,.;]\s*$/, "");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\\underbrace\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}_\{[^{}]*\}/g, "$1");
  }
  return text.trim();
}
