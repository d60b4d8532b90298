/** LaTeX nodes as text of the grammar, from left to right. */
import type { Span } from "../../core/errors.js";
import { meaningOf } from "../names.js";
import type { Declarations } from "../scope.js";
import { writeCharacter } from "./letters.js";
import { LINES, MATRICES } from "./macros.js";
import type { TexNode } from "./nodes.js";
import { writeFenced, writeScript } from "./scripts.js";
import { peek, type Row, refused, type Tex } from "./state.js";
import { writeMacro } from "./writeMacro.js";
import { empty, join, put, type Written } from "./writer.js";

export function translate(text: string, nodes: readonly TexNode[], scope: Declarations, notes: string[]): Written {
  return translator(text, scope, notes).write(nodes);
}

export function translator(text: string, scope: Declarations, notes: string[]): Tex {
  const tex: Tex = { text, scope, notes, fractions: 0, write: (list) => written(tex, list) };
  return tex;
}

function written(tex: Tex, nodes: readonly TexNode[]): Written {
  const to = empty();
  const row: Row = { nodes, at: 0 };
  for (let node = peek(row); node; node = peek(row)) {
    row.at++;
    switch (node.kind) {
      case "space":
        break;
      case "char":
        writeCharacter(tex, to, row, node);
        break;
      case "script":
        writeScript(tex, to, row, node);
        break;
      case "group":
        writeGroup(tex, to, row, node.nodes, node.span);
        break;
      case "environment":
        writeEnvironment(tex, to, node.text, node.nodes, node.span);
        break;
      case "macro":
        writeMacro(tex, to, row, node);
        break;
    }
  }
  return to;
}

/** Braces group for LaTeX only; they are parentheses where a power or a function takes what stands in them. */
function writeGroup(tex: Tex, to: Written, row: Row, nodes: readonly TexNode[], span: Span): void {
  const inner = tex.write(nodes);
  const next = peek(row);
  const taken = next?.kind === "script" || (next?.kind === "char" && next.text === "'");
  const word = /([A-Za-z]\w*)$/.exec(to.text)?.[1];
  const called = word !== undefined && meaningOf(word, tex.scope)?.kind === "head" && word !== "d";
  if (!called && !taken) return join(to, inner);
  if (!called) return writeFenced(to, inner, span);
  put(to, "(", span);
  join(to, inner);
  put(to, ")", span);
}

function writeEnvironment(tex: Tex, to: Written, name: string, nodes: readonly TexNode[], span: Span): void {
  const plain = name.replace("*", "");
  if (LINES.has(plain)) return join(to, tex.write(nodes));
  const matrix = MATRICES.has(plain);
  throw refused(tex, "unsupported", `${matrix ? "a matrix of entries" : `\\begin{${name}}`} is not read`, span, {
    want: "names of matrices",
    hint: matrix
      ? "give the matrix a name with its shape, and its numbers with .at({…})"
      : plain === "cases"
        ? "relu(x), abs(x), sign(x) and step(x) are known"
        : undefined,
  });
}
