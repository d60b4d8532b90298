/**
 * Fractions. Of differentials: a claim about a derivative, or the gradient of a declared function. Of scalars: a
 * quotient. Over a vector or a rectangle: entry by entry, since nothing else can be meant. Over a square matrix: the
 * quotient that the grammar asks about.
 */
import { NablaError, type Span } from "../../core/errors.js";
import { isMatrix, isScalar, isSquare } from "../../core/shape.js";
import { parse } from "../parse.js";
import { afterDifferential, writeDerivative } from "./derivatives.js";
import { type TexNode, withoutSpaces } from "./nodes.js";
import { writeFenced } from "./scripts.js";
import { note, refused, type Tex } from "./state.js";
import { put, type Written } from "./writer.js";

const MAX_FRACTIONS = 30;

export function writeFraction(
  tex: Tex,
  to: Written,
  [above, below]: readonly (readonly TexNode[])[],
  span: Span,
): void {
  const wrt = afterDifferential(tex, below!);
  const of = wrt && wrt.length > 0 ? afterDifferential(tex, above!) : undefined;
  if (wrt && of) return writeDerivative(tex, to, of, wrt, { span, total: withoutSpaces(above!)[0]!.kind === "char" });
  if (++tex.fractions > MAX_FRACTIONS)
    throw refused(tex, "syntax", `nested too deeply: at most ${MAX_FRACTIONS} fractions in one another`, span, {
      want: `at most ${MAX_FRACTIONS} levels`,
      hint: "name the inner parts",
    });
  const bottom = tex.write(below!);
  const top = tex.write(above!);
  tex.fractions--;
  if (top.text === "" || bottom.text === "")
    throw refused(tex, "syntax", "a fraction with nothing above or below the line", span);
  const entrywise = isEntrywise(tex, top, bottom);
  if (entrywise) note(tex, `a fraction over ${bottom.text} is read entry by entry`);
  put(to, "(", span);
  if (entrywise && top.text === "𝟏") put(to, "1", span);
  else writeFenced(to, top, span);
  put(to, entrywise ? " ./ " : "/", span);
  writeFenced(to, bottom, span);
  put(to, ")", span);
}

function isEntrywise(tex: Tex, top: Written, bottom: Written): boolean {
  const of = (part: Written) => {
    try {
      return parse(part.text, tex.scope).expr.shape;
    } catch (error) {
      if (error instanceof NablaError) return undefined;
      throw error;
    }
  };
  const below = of(bottom);
  if (!below || isScalar(below)) return false;
  if (top.text === "𝟏") return true;
  const above = of(top);
  return above !== undefined && !isScalar(above) && !(isMatrix(below) && isSquare(below));
}
