/** Differential signs: ∂f/∂X and ∇_X f are claims about a derivative, ∂L/∂y and ∇L(y) the gradient of a declared function. */
import type { Span } from "../../core/errors.js";
import { lettersOf, type TexNode, withoutSpaces } from "./nodes.js";
import { writeFenced } from "./scripts.js";
import { argument, note, peek, type Row, refused, type Tex } from "./state.js";
import { put, type Written } from "./writer.js";

/** What stands behind a d, ∂ or \mathrm d; undefined where there is none. */
export function afterDifferential(tex: Tex, nodes: readonly TexNode[]): readonly TexNode[] | undefined {
  const list = withoutSpaces(nodes);
  const [first, second] = list;
  if (first?.kind === "macro" && first.text === "partial") return list.slice(1);
  if (first?.kind === "char" && first.text === "d" && !tex.scope.symbols.has("d")) return list.slice(1);
  const upright = first?.kind === "macro" && /^(?:mathrm|text|operatorname)$/.test(first.text);
  return upright && second && lettersOf([second]) === "d" ? list.slice(2) : undefined;
}

/** ∂f/∂X; for a declared function alone, ∂L/∂y is its gradient and dL/dy the row. */
export function writeDerivative(
  tex: Tex,
  to: Written,
  of: readonly TexNode[],
  wrt: readonly TexNode[],
  { span, total }: { readonly span: Span; readonly total: boolean },
): void {
  const variable = tex.write(wrt);
  const f = tex.write(of);
  const name = f.text.trim();
  if (tex.scope.functions.get(name)?.kind === "scalarOf") {
    put(to, `grad_${name}(`, span);
    writeFenced(to, variable, span);
    put(to, total ? ")'" : ")", span);
    if (total) note(tex, `d${name}/d${variable.text} is read as a row`);
    return;
  }
  put(to, "d", span);
  if (of.length > 0) {
    put(to, "(", span, true);
    to.text += f.text;
    to.starts.push(...f.starts);
    to.ends.push(...f.ends);
    put(to, ")", span);
  }
  put(to, "/d", span);
  if (!/^[A-Za-z]\w*'?$/.test(variable.text.trim())) return writeFenced(to, variable, span);
  to.text += variable.text;
  to.starts.push(...variable.starts);
  to.ends.push(...variable.ends);
}

/** ∇L(y) is the gradient of a declared function, ∇_X f the derivative of what follows. */
export function writeNabla(tex: Tex, to: Written, row: Row, span: Span): void {
  const script = peek(row);
  if (script?.kind !== "script") return put(to, "grad_", span);
  row.at++;
  const nodes = argument(tex, row, script);
  if (script.text === "^" && lettersOf(nodes).trim() === "2") return put(to, "hess_", span);
  if (script.text !== "_") throw refused(tex, "syntax", "only ∇, ∇² and ∇ with a variable below are read", script.span);
  put(to, "d/d", span);
  const variable = tex.write(nodes);
  to.text += variable.text;
  to.starts.push(...variable.starts);
  to.ends.push(...variable.ends);
  put(to, " ", span);
}
