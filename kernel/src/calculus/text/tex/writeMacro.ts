/** A macro by the table that knows it; what no table knows is refused by name. */
import type { Span } from "../../core/errors.js";
import { writeNabla } from "./derivatives.js";
import { writeFraction } from "./fractions.js";
import { writeFunction, writeInner, writeRoot } from "./functions.js";
import * as macros from "./macros.js";
import { accented, nameLetters } from "./names.js";
import type { Sign, TexNode } from "./nodes.js";
import { argument, peek, type Row, type Tex, unknownMacro } from "./state.js";
import { writeDecoration, writeStyled, writeUpright } from "./words.js";
import { writeName } from "./writeName.js";
import { put, type Written } from "./writer.js";

export function writeMacro(tex: Tex, to: Written, row: Row, node: Sign): void {
  const { text: name, span } = node;
  const whole = (): Span => [span[0], row.nodes[row.at - 1]!.span[1]];
  const taken = (): readonly TexNode[] => argument(tex, row, node);
  if (macros.SPACES.has(name) || /^\s$/.test(name)) return to.text.endsWith(" ") ? undefined : put(to, " ", span);
  if (macros.IGNORED.has(name)) {
    const fence = peek(row);
    if (!/^(?:left|right)$/.test(name) || fence?.kind !== "char" || !/^[.|]$/.test(fence.text)) return;
    row.at++;
    // Two bars side by side would be one norm: |det X| is \left||X|\right|.
    if (fence.text === "|") put(to, name === "left" ? "| " : " |", fence.span);
    return;
  }
  const letter = macros.LETTER_MACROS.get(name);
  if (letter) return writeName(tex, to, row, letter, span);
  const sign = macros.SIGN_MACROS.get(name);
  if (sign) return put(to, sign, span);
  const fn = macros.FUNCTION_MACROS.get(name);
  if (fn) return writeFunction(tex, to, row, fn, span);
  if (macros.FRACTIONS.has(name)) {
    const parts = [taken(), taken()];
    return writeFraction(tex, to, parts, whole());
  }
  const decoration = macros.DECORATIONS.get(name);
  if (decoration) return writeDecoration(tex, to, row, node, decoration);
  if (macros.STYLES.has(name)) return writeStyled(tex, to, row, node, taken());
  if (macros.UPRIGHT.has(name)) {
    const star = peek(row);
    if (name === "operatorname" && star?.kind === "char" && star.text === "*") row.at++;
    return writeUpright(tex, to, row, taken(), whole());
  }
  const accent = macros.ACCENTS.get(name);
  if (accent) return writeName(tex, to, row, accented(nameLetters(taken()).trim(), accent, tex.scope), whole());
  switch (name) {
    case "partial":
      return put(to, "d", span);
    case "nabla":
      return writeNabla(tex, to, row, span);
    case "sqrt":
      return writeRoot(tex, to, row, node);
    case "langle":
      return writeInner(tex, to, row, span);
    case "top":
    case "intercal":
    case "T":
      return put(to, "'", span);
    default: // every other macro is refused by name
      throw unknownMacro(tex, name, span);
  }
}
