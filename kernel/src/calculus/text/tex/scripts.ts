/** What stands above and below: transposes, inverses, elementwise and ordinary powers, the name of a norm. */
import type { Span } from "../../core/errors.js";
import { unclearLabel } from "../labels.js";
import { SPACES } from "./macros.js";
import { lettersOf, type Sign, spanOfNodes, type TexNode, withoutSpaces } from "./nodes.js";
import { argument, only, type Row, refused, type Tex } from "./state.js";
import { isSimple, join, put, type Written } from "./writer.js";

const TURNS = new Set(["top", "intercal", "T"]);

/** T, ⊤ or 𝖳: the sign of transposition, where no T is declared. */
function isTurn(tex: Tex, nodes: readonly TexNode[]): boolean {
  const list = withoutSpaces(nodes);
  const [first, second] = list;
  if (list.length === 1 && first!.kind === "macro") return TURNS.has(first!.text);
  if (first?.kind === "macro" && /^(?:mathsf|mathrm|text|mathbf|mathit|intercal|rm|textsf)$/.test(first.text))
    return lettersOf(second ? [second] : []) === "T";
  const letter = only(nodes);
  return letter?.kind === "char" && /^[T⊤ᵀ]$/.test(letter.text) && !tex.scope.symbols.has("T");
}

export function writeScript(tex: Tex, to: Written, row: Row, node: Sign): void {
  const nodes = argument(tex, row, node);
  if (node.text === "^") return writeSuperscript(tex, to, nodes, node);
  const span: Span = [node.span[0], Math.max(node.span[1], spanOfNodes(nodes, node.span)[1])];
  const below = lettersOf(nodes).trim();
  if (/[‖|](?:\^\w+)?$/.test(to.text) && /^\w+$/.test(below)) return put(to, `_${below}`, span, true);
  throw refused(tex, "unsupported", "an entry of an expression: only names have subscripts", span, {
    want: "an expression without indices",
    hint: 'index notation is a style of derivation: d(…, { style: "index" })',
  });
}

export function writeSuperscript(tex: Tex, to: Written, above: readonly TexNode[], owner: TexNode): void {
  const span: Span = [owner.span[0], Math.max(owner.span[1], spanOfNodes(above, owner.span)[1])];
  const list = withoutSpaces(above).filter((n) => n.kind !== "macro" || !SPACES.has(n.text));
  if (list.length === 0) throw refused(tex, "syntax", "nothing stands above after ^", span);
  if (list.every((n) => n.kind === "macro" && n.text === "prime")) return put(to, "'".repeat(list.length), span);
  if (isTurn(tex, list)) return put(to, "'", span);
  const sign = list[0]!;
  if (sign.kind === "char" && /^[-−]$/.test(sign.text) && isTurn(tex, list.slice(1))) return put(to, "^(-1)'", span);
  if (
    list.length === 1 &&
    ((sign.kind === "char" && sign.text === "*") || (sign.kind === "macro" && /^(?:ast|star|dagger)$/.test(sign.text)))
  )
    throw refused(tex, "unsupported", "a conjugate transpose: matrices are real here", span, { hint: "write ^\\top" });
  const entrywise = sign.kind === "macro" && /^(?:circ|odot)$/.test(sign.text);
  const power = tex.write(entrywise ? list.slice(1) : list);
  const label = /^\(([A-Za-z0-9]+)\)$/.exec(power.text.trim());
  if (label && !entrywise) {
    const stem = /\w*$/.exec(to.text)![0];
    const { message, ...facts } = unclearLabel(stem, label[1]!, tex.scope);
    const end = tex.text[span[1]] === "}" ? span[1] + 1 : span[1];
    throw refused(tex, "ambiguous", message, [span[0], end], facts);
  }
  put(to, entrywise ? ".^" : "^", owner.span);
  writeFenced(to, power, span);
}

/** In parentheses unless it is one name or number. */
export function writeFenced(to: Written, part: Written, span: Span): void {
  if (isSimple(part)) return join(to, part);
  put(to, "(", [span[0], span[0] + 1]);
  join(to, part);
  put(to, ")", [span[1] - 1, span[1]]);
}
