/** What the readers of LaTeX share: the scope, the lines for the reader, a row of nodes, and errors with their place. */
import { type ErrorCode, type ErrorFacts, NablaError, type Span } from "../../core/errors.js";
import { nearest } from "../distance.js";
import type { Declarations } from "../scope.js";
import { argumentCount, KNOWN_MACROS, UNREADABLE } from "./macros.js";
import { type TexNode, withoutSpaces } from "./nodes.js";
import type { Written } from "./writer.js";

export interface Tex {
  /** The text that was parsed; spans point into it. */
  readonly text: string;
  readonly scope: Declarations;
  readonly notes: string[];
  /** Fractions that are open: each is read twice to know its shape. */
  fractions: number;
  /** Writes some nodes apart. */
  readonly write: (nodes: readonly TexNode[]) => Written;
}

/** Nodes that are read from left to right. */
export interface Row {
  readonly nodes: readonly TexNode[];
  at: number;
}

export const refused = (tex: Tex, code: ErrorCode, message: string, span: Span, facts: ErrorFacts = {}): NablaError =>
  new NablaError(code, message, { got: tex.text.slice(...span), ...facts, span, text: tex.text });

export function note(tex: Tex, line: string): void {
  if (!tex.notes.includes(line)) tex.notes.push(line);
}

/** The next node that is no space, without taking it. */
export function peek(row: Row): TexNode | undefined {
  while (row.nodes[row.at]?.kind === "space") row.at++;
  return row.nodes[row.at];
}

/** The nodes of the next argument: a group without its braces, one sign, or a macro with its own arguments. */
export function argument(tex: Tex, row: Row, owner: TexNode): readonly TexNode[] {
  const node = peek(row);
  if (!node)
    throw refused(tex, "syntax", `${tex.text.slice(...owner.span)} needs an argument`, owner.span, {
      want: "an argument in braces",
    });
  row.at++;
  if (node.kind === "group") return node.nodes;
  if (node.kind !== "macro") return [node];
  const from = row.at - 1;
  for (let k = argumentCount(node.text); k > 0; k--) argument(tex, row, node);
  return row.nodes.slice(from, row.at);
}

/** The only node of a list, through groups around it. */
export function only(nodes: readonly TexNode[]): TexNode | undefined {
  const list = withoutSpaces(nodes);
  return list.length !== 1 ? undefined : list[0]!.kind === "group" ? only(list[0]!.nodes) : list[0];
}

/** What is said of a macro that is not read. */
export function unknownMacro(tex: Tex, name: string, span: Span): Error {
  const why = UNREADABLE.get(name);
  if (why !== undefined) return refused(tex, "unsupported", `\\${name} is not read: ${why}`, span, { hint: why });
  if (name === "begin" || name === "end")
    return refused(tex, "syntax", `\\${name} needs the name of an environment in braces`, span);
  const guess = nearest(name, [...KNOWN_MACROS]);
  return refused(tex, "unknown_function", `unknown macro \\${name}${guess ? `: did you mean \\${guess}?` : ""}`, span, {
    want: "a macro of the notes",
    hint: guess ? `\\${guess}` : `write it as \\operatorname{${name}} if it is a function`,
  });
}
