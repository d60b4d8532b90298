/**
 * One paragraph of Markdown as the engine writes it ($math$, **strong**, *emphasis*, `code`) as pieces, and those
 * pieces in the other languages of an output.
 */
import { codeWord, escapeLatex, markdownMath, trimMath } from "./escape.js";
import { latexToText } from "./latexText/index.js";
import { noteWords } from "./note.js";

export type Piece =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "math"; readonly text: string; readonly display: boolean }
  | { readonly kind: "strong" | "emphasis"; readonly pieces: readonly Piece[] };

const PIECES =
  /\$\$([^$]+)\$\$|\$([^$]+)\$|\*\*((?:[^*$]|\$[^$]*\$)+)\*\*|(?<![\w)])\*(?=\S)((?:[^*$]|\$[^$]*\$)+)\*|`([^`]+)`/gu;

export function inlinePieces(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const words = (until: number): void => {
    if (until > end) pieces.push({ kind: "text", text: paragraph.slice(end, until) });
  };
  for (const match of paragraph.matchAll(PIECES)) {
    const start = match.index ?? end;
    words(start);
    end = start + match[0].length;
    const [, display, math, strong, emphasis, code] = match;
    if (display ?? math)
      pieces.push({ kind: "math", text: trimMath((display ?? math)!), display: display !== undefined });
    else if (strong) pieces.push({ kind: "strong", pieces: inlinePieces(strong) });
    else if (emphasis) pieces.push({ kind: "emphasis", pieces: inlinePieces(emphasis) });
    else if (code) pieces.push({ kind: "code", text: code });
  }
  words(paragraph.length);
  return pieces;
}

const each = (pieces: readonly Piece[], print: (piece: Piece) => string): string => pieces.map(print).join("");

/** Readable without a renderer; "ln|X| by X". */
export function inlineText(paragraph: string): string {
  const print = (piece: Piece): string => {
    switch (piece.kind) {
      case "math":
        return latexToText(piece.text);
      case "text":
      case "code":
        return piece.text;
      case "strong":
      case "emphasis":
        return each(piece.pieces, print);
    }
  };
  return each(inlinePieces(paragraph), print);
}

/** For the running text of a LaTeX document. */
export function inlineLatex(paragraph: string): string {
  const print = (piece: Piece): string => {
    switch (piece.kind) {
      case "math":
        return `$${piece.text}$`;
      case "text":
        return escapeLatex(piece.text);
      case "code":
        return `\\texttt{${escapeLatex(piece.text)}}`;
      case "strong":
        return `\\textbf{${each(piece.pieces, print)}}`;
      case "emphasis":
        return `\\emph{${each(piece.pieces, print)}}`;
    }
  };
  return each(inlinePieces(paragraph), print);
}

/** Markdown again, with the mathematics made safe for every renderer. */
export function inlineMarkdown(paragraph: string): string {
  const print = (piece: Piece): string => {
    switch (piece.kind) {
      case "math":
        return `$${markdownMath(piece.text).replaceAll("\n", " ")}$`;
      case "text":
        return piece.text.replace(/\s*\n\s*/g, " ").replaceAll("<", "&lt;");
      case "code":
        return codeWord(piece.text);
      case "strong":
        return `**${each(piece.pieces, print)}**`;
      case "emphasis":
        return `*${each(piece.pieces, print)}*`;
    }
  };
  return each(inlinePieces(paragraph), print);
}

/**
 * A reason as mathematics, to stand at the end of an aligned line: words with $…$ become \text{…}, LaTeX with a command
 * and no dollar stays as it is.
 */
export function inlineMath(note: string): string {
  if (note.includes("\\") && !note.includes("$")) return note;
  const print = (piece: Piece): string => {
    switch (piece.kind) {
      case "math":
        return piece.text;
      case "text":
        return `\\text{${escapeText(piece.text)}}`;
      case "code":
        return `\\texttt{${escapeText(piece.text)}}`;
      case "strong":
      case "emphasis":
        return each(piece.pieces, print);
    }
  };
  return each(inlinePieces(note), print);
}

/** The same reason as a paragraph of Markdown. */
export const noteMarkdown = (note: string): string => inlineMarkdown(noteWords(note)).trim();

/** Words inside \text{…}: no dollars, so that it can stand inside $$…$$ in Markdown; renderers know the signs. */
const escapeText = (text: string): string =>
  text.replace(/[\\{}%#&_$^~]/g, (c) => (c === "\\" ? "\\backslash " : c === "^" || c === "~" ? "" : `\\${c}`));
