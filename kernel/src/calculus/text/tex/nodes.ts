/**
 * LaTeX as a tree of plain nodes with their places in the text that was parsed (UTF-16 units). The parser is
 * unified-latex's grammar package alone: 9 ms to load and 27 kB gzipped, against 62 ms and 59 kB for its full front
 * end, whose tables of macro arguments (read here from `macros.ts`) cover all of CTAN. No other module imports it, and
 * nothing that the panel shows imports this one. The text has been screened before: its grammar backtracks over
 * unclosed groups and delimiters.
 */
import { LatexPegParser } from "@unified-latex/unified-latex-util-pegjs";
import type { Span } from "../../core/errors.js";

export type TexNode =
  | { readonly kind: "char" | "macro" | "script"; readonly text: string; readonly span: Span }
  | { readonly kind: "space"; readonly span: Span }
  | { readonly kind: "group"; readonly nodes: readonly TexNode[]; readonly span: Span }
  | { readonly kind: "environment"; readonly text: string; readonly nodes: readonly TexNode[]; readonly span: Span };

/** A node that is one sign, or a macro without its arguments. */
export type Sign = Extract<TexNode, { text: string; kind: "char" | "macro" | "script" }>;

/** What the parser gives; `content` depends on the type. */
interface Parsed {
  readonly type: string;
  readonly content?: unknown;
  /** A name, or a node of it where the environment is one of formulas. */
  readonly env?: string | { readonly content: string };
  readonly escapeToken?: string;
  readonly position: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
}

export const texNodes = (text: string): TexNode[] =>
  plainNodes(LatexPegParser.parse(text, { startRule: "math" }) as Parsed[]);

function plainNodes(list: readonly Parsed[]): TexNode[] {
  const out: TexNode[] = [];
  for (const node of list) {
    const span: Span = [node.position.start.offset, node.position.end.offset];
    const text = String(node.content ?? "");
    switch (node.type) {
      case "string":
        out.push(...characters(text, span[0]));
        break;
      case "macro":
        out.push({ kind: node.escapeToken === "" ? "script" : "macro", text, span });
        break;
      case "group":
        out.push({ kind: "group", nodes: plainNodes(node.content as Parsed[]), span });
        break;
      case "environment":
      case "mathenv":
        out.push({ kind: "environment", text: nameOf(node.env), nodes: plainNodes(node.content as Parsed[]), span });
        break;
      default: // spaces, ends of paragraphs, comments: the types of the parser, not of this program
        out.push({ kind: "space", span });
    }
  }
  return joinedPairs(out);
}

const nameOf = (env: Parsed["env"]): string => (typeof env === "object" ? env.content : (env ?? ""));

/** Inside braces the parser takes ^ and _ for letters, as they are outside of formulas. */
const characters = (text: string, from: number): TexNode[] =>
  Array.from({ length: text.length }, (_, i) => ({
    kind: /[\^_]/.test(text[i]!) ? "script" : "char",
    text: text[i]!,
    span: [from + i, from + i + 1],
  }));

/** The parser cuts characters outside the basic plane (𝐗) in two. */
function joinedPairs(list: readonly TexNode[]): TexNode[] {
  const out: TexNode[] = [];
  for (const node of list) {
    const before = out[out.length - 1];
    if (node.kind === "char" && before?.kind === "char" && /^[\ud800-\udbff]$/.test(before.text))
      out[out.length - 1] = { kind: "char", text: before.text + node.text, span: [before.span[0], node.span[1]] };
    else out.push(node);
  }
  return out;
}

/** The place of some nodes; an empty list has the place given. */
export const spanOfNodes = (nodes: readonly TexNode[], otherwise: Span): Span =>
  nodes.length === 0 ? otherwise : [nodes[0]!.span[0], nodes[nodes.length - 1]!.span[1]];

export const withoutSpaces = (nodes: readonly TexNode[]): TexNode[] => nodes.filter((node) => node.kind !== "space");

/** The letters and digits of nodes written out, braces left away: "out", "1". */
export const lettersOf = (nodes: readonly TexNode[]): string =>
  nodes
    .map((node) =>
      node.kind === "char"
        ? node.text
        : node.kind === "group"
          ? lettersOf(node.nodes)
          : node.kind === "space"
            ? " "
            : "",
    )
    .join("");
