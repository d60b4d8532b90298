/**
 * Declarations as papers write them: "W \in \mathbb R^{m\times n},\ x, y \in \mathbb R^n" is "W: m×n, x: n, y: n".
 * ℝ₊₊ is positive, 𝕊ⁿ symmetric, 𝕊ⁿ₊₊ positive definite, {−1, 1}ⁿ signs, ℝⁿ → ℝ a scalar function. Entries without a
 * set are those of the grammar.
 */
import type { Span } from "../../core/errors.js";
import type { Declarations } from "../scope.js";
import { STYLES } from "./macros.js";
import { labelOf } from "./names.js";
import { lettersOf, spanOfNodes, type TexNode, withoutSpaces } from "./nodes.js";
import { refused, type Tex } from "./state.js";
import { translator } from "./translate.js";
import { empty, join, put, type Written } from "./writer.js";

/** A text without these is no LaTeX: names and shapes. */
export const isTexDeclaration = (text: string): boolean => /\\[A-Za-z]|∈|ℝ/.test(text);

export function translateDeclaration(
  text: string,
  nodes: readonly TexNode[],
  scope: Declarations,
  notes: string[],
): Written {
  const tex = translator(text, scope, notes);
  const to = empty();
  let waiting: (readonly TexNode[])[] = [];
  const declare = (names: readonly (readonly TexNode[])[], shape = "", place?: Span): void => {
    for (const name of names) {
      const span = spanOfNodes(name, place ?? [0, 0]);
      if (to.text !== "") put(to, ", ", span);
      join(to, nameOf(tex, name));
      put(to, shape, place ?? span, true);
    }
  };
  for (const entry of entriesOf(nodes)) {
    const at = entry.findIndex((n) => isSign(n, /^(?:in|∈)$/));
    const colon = entry.findIndex((n) => isSign(n, /^(?::|colon)$/));
    const arrow = entry.findIndex((n) => isSign(n, /^(?:to|rightarrow|→)$/));
    if (at >= 0) {
      const set = entry.slice(at + 1);
      const place = spanOfNodes(set, entry[at]!.span);
      declare([...waiting, entry.slice(0, at)], `: ${shapeOf(tex, set, place)}`, place);
      waiting = [];
    } else if (colon >= 0 && arrow > colon) {
      const place = spanOfNodes(entry.slice(colon + 1), entry[colon]!.span);
      const kind = functionOf(tex, entry.slice(colon + 1, arrow), entry.slice(arrow + 1), place);
      declare([entry.slice(0, colon)], `: ${kind}`, place);
    } else if (colon >= 0) {
      const place = spanOfNodes(entry.slice(colon), [0, 0]);
      declare([entry.slice(0, colon)], text.slice(...place).replace(/\\times\b/g, "×"), place);
    } else waiting.push(entry);
  }
  declare(waiting);
  return to;
}

const isSign = (node: TexNode | undefined, sign: RegExp): boolean =>
  (node?.kind === "macro" || node?.kind === "char" || node?.kind === "script") && sign.test(node.text);

/** What stands between commas, semicolons and ends of lines, without space around it; brackets are not cut. */
function entriesOf(nodes: readonly TexNode[]): readonly (readonly TexNode[])[] {
  const entries: TexNode[][] = [[]];
  let depth = 0;
  for (const node of nodes) {
    if (isSign(node, /^[[({]$|^lbrace$/)) depth++;
    if (isSign(node, /^[\])}]$|^rbrace$/)) depth--;
    if (depth === 0 && isSign(node, /^(?:,|;|\\)$/) && !(node.kind === "macro" && node.text !== "\\")) entries.push([]);
    else if (node.kind !== "space" && !isSign(node, /^(?:[,;:! >]|q?quad)$/)) entries[entries.length - 1]!.push(node);
    else if (node.kind === "char") entries[entries.length - 1]!.push(node);
  }
  return entries.filter((entry) => entry.length > 0);
}

/** W^{(1)} is declared as W1. */
function nameOf(tex: Tex, nodes: readonly TexNode[]): Written {
  const above = nodes[nodes.length - 1];
  const label = above?.kind === "group" && isSign(nodes[nodes.length - 2], /^\^$/) ? labelOf(above.nodes) : undefined;
  const name = tex.write(label ? nodes.slice(0, -2) : nodes);
  if (label) put(name, label.label, above!.span, true);
  return name;
}

/** The set that a name is in: the base letter, what stands below, and the sizes above. */
function shapeOf(tex: Tex, nodes: readonly TexNode[], span: Span): string {
  const { base, below, above } = setOf(nodes);
  const sizes = tex
    .write(above)
    .text.replace(/\s*\*\s*/g, "×")
    .trim();
  const set = `${base}${below && "_"}${below}`;
  switch (set) {
    case "R":
      return sizes === "" ? "scalar" : sizes;
    case "R_++":
    case "R_>0":
      return `${sizes === "" ? "scalar" : sizes} positive`;
    case "S":
      return `${sizes}×${sizes} symmetric`;
    case "S_++":
      return `${sizes}×${sizes} spd`;
    case "{-1,1}":
    case "{1,-1}":
    case "{±1}":
      return `${sizes === "" ? "scalar" : sizes} signs`;
    default: // what a user may write has no end
      throw refused(tex, "unsupported", `the set ${tex.text.slice(...span)} is not read`, span, {
        want: "\\mathbb R^{m\\times n}, \\mathbb R^n or \\mathbb R",
        hint: "declare the name with its shape and facts: W: m×n",
      });
  }
}

/** ℝⁿ → ℝ is a scalar function of a column, ℝ → ℝ works entry by entry. */
function functionOf(tex: Tex, from: readonly TexNode[], to: readonly TexNode[], span: Span): string {
  const [domain, values] = [shapeOf(tex, from, span), shapeOf(tex, to, span)];
  if (values === "scalar") return domain === "scalar" ? "elementwise" : `scalar of ${domain}`;
  throw refused(tex, "unsupported", "a function with values that are no numbers is not read", span, {
    want: "\\mathbb R",
    hint: "name its result and give that a shape",
  });
}

function setOf(nodes: readonly TexNode[]): { base: string; below: string; above: readonly TexNode[] } {
  const list = withoutSpaces(nodes);
  const first = list.findIndex((n) => isSign(n, /^[_^]$/) && n.kind === "script");
  const base = list
    .slice(0, first < 0 ? list.length : first)
    .filter((n) => !(n.kind === "macro" && STYLES.has(n.text)));
  let below = "";
  let above: readonly TexNode[] = [];
  for (let k = first; k >= 0 && k < list.length; k += 2) {
    const node = list[k + 1];
    const inner = node?.kind === "group" ? node.nodes : node ? [node] : [];
    if (isSign(list[k], /^_$/)) below = signs(inner);
    else above = inner;
  }
  return { base: signs(base).replace("ℝ", "R").replace("𝕊", "S"), below, above };
}

/** The signs of a set without spaces: {-1,1}. */
const signs = (nodes: readonly TexNode[]): string =>
  nodes
    .map((n) => (n.kind === "macro" ? (n.text === "pm" ? "±" : n.text.replace(/^[lr]brace$/, "")) : lettersOf([n])))
    .join("")
    .replace(/[\s+]*$/, (tail) => tail.trim())
    .replace(/−/g, "-");
