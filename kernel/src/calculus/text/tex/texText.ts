/**
 * LaTeX as text of the grammar: eaten escapes are repaired, nodes become text, and what is found wrong with the text
 * is shown in the user's own LaTeX.
 */
import { NablaError, type Span } from "../../core/errors.js";
import { type Declarations, NO_DECLARATIONS } from "../scope.js";
import { emptyText } from "../validate.js";
import { translateDeclaration } from "./declaration.js";
import { type TexNode, texNodes } from "./nodes.js";
import { repaired } from "./repair.js";
import { checkLength, framed, screened } from "./screen.js";
import { translate } from "./translate.js";
import { placeIn, type Written } from "./writer.js";

/** A formula of LaTeX as text of the grammar. */
export interface TexText {
  readonly text: string;
  /** How it was read, and which escapes were repaired. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Runs something on the text; its errors point into the LaTeX. */
  readonly run: <T>(read: (text: string) => T) => T;
}

/** What nodes become; places are those of `text`. */
type Translate = (text: string, nodes: readonly TexNode[], scope: Declarations, notes: string[]) => Written;

/** A formula. @throws NablaError with its place in `latex` */
export const texText = (latex: string, scope: Declarations): TexText => reading(latex, scope, translate);

/** Declarations by their sets. @throws NablaError with its place in `latex` */
export const texDeclaration = (latex: string): TexText => reading(latex, NO_DECLARATIONS, translateDeclaration);

function reading(latex: string, scope: Declarations, write: Translate): TexText {
  const notes: string[] = [];
  checkLength(latex);
  const { text: source, places, warnings } = repaired(latex, scope);
  const inSource = (error: unknown, part?: Written): unknown => placed(error, latex, source, places, part);
  let part: Written;
  try {
    part = write(source, texNodes(framed(screened(source), scope)), scope, notes);
    if (part.text.trim() === "") throw emptyText(source);
  } catch (error) {
    throw inSource(error);
  }
  return {
    text: part.text,
    notes,
    warnings,
    run: (read) => {
      try {
        return read(part.text);
      } catch (error) {
        throw inSource(error, part);
      }
    },
  };
}

/** The error in the LaTeX: from the text of the grammar (where there is one) to what was parsed, and on to what was typed. */
function placed(
  error: unknown,
  latex: string,
  source: string,
  places: readonly number[],
  part: Written | undefined,
): unknown {
  if (!(error instanceof NablaError)) return error;
  const found = error.span ?? [0, source.length];
  const inSource = closed(part && error.span ? placeIn(part, found) : found, source);
  const span = [places[inSource[0]] ?? latex.length, places[inSource[1]] ?? latex.length] as const;
  return new NablaError(error.code, error.message, { ...error.facts(), span, text: latex });
}

/** The place with every brace that it cuts through, and the macro that they belong to: "a}{b" is "\\frac{a}{b}". */
function closed([from, to]: Span, source: string): Span {
  let [start, end] = [from, to];
  // A brace without its partner is pointed at by itself.
  if (/^[{}]$/.test(source.slice(from, to))) return [from, to];
  let depth = 0;
  let below = 0;
  for (let i = start; i < end; i++) {
    if (source[i] === "{") depth++;
    if (source[i] === "}") below = Math.min(below, --depth);
  }
  for (let above = depth - below; above > 0 && end < source.length; end++) {
    if (source[end] === "{") above++;
    if (source[end] === "}") above--;
  }
  for (; below < 0 && start > 0; ) {
    start--;
    if (source[start] === "}") below--;
    if (source[start] === "{") below++;
  }
  const macro = start < from ? /\\[A-Za-z]+\s*$/.exec(source.slice(0, start)) : null;
  return [macro ? macro.index : start, end];
}
