/** An expression as a cell wrote it: the node, its named intermediates, the text. */
import { type Declarations, type Expr, type Let, type Program, parseTex, text } from "../calculus/index.js";

export interface Written {
  readonly f: Expr;
  /** Named intermediates in order; `f` may speak of them. */
  readonly lets: readonly Let[];
  readonly text: string;
  /** The user's name of the result, "…; L = −t' log(p)". */
  readonly outputName?: string | undefined;
}

export const writtenNode = (f: Expr): Written => ({ f, lets: [], text: text(f) });

/** What was read, with a line below the cell for every decision. */
export function writtenProgram(program: Program, source: string): Written {
  // The page says itself that |X| is the determinant.
  for (const note of program.notes) if (!note.includes("determinant")) console.info(note);
  return {
    f: program.result,
    lets: program.lets.map((l) => ({ symbol: l.symbol, value: l.expr })),
    text: source,
    outputName: program.resultName,
  };
}

/** LaTeX; its text is the text of the grammar that it was read as. */
export function readTex(latex: string, scope: Declarations): Written {
  const program = parseTex(latex, scope);
  for (const line of program.warnings) if (!scope.warnings.includes(line)) console.info(line);
  return writtenProgram(program, program.normalised);
}
