/**
 * Pairs of brackets and bars. A bar closes where one of its kind is open in the same bracket and an operand has
 * just ended; otherwise it opens. Depth is checked here, before anything recursive sees the text.
 */
import { NablaError, type Span } from "../core/errors.js";
import type { Token } from "./tokens.js";

export const MAX_NESTING = 150;

/** A token whose bars are known to open or close; `below` is the subscript of a closing ‖. */
export type Paired = Token & { readonly bar?: "open" | "close"; readonly below?: string };

const ENDS_OPERAND = new Set(["number", "name", "string", "close", "ones", "subscript"]);

const endsOperand = (token: Paired | undefined, isFunction: (name: string) => boolean): boolean => {
  if (!token || token.bar === "open") return false;
  if (token.bar === "close" || (token.kind === "operator" && token.text === "'")) return true;
  return ENDS_OPERAND.has(token.kind) && !(token.kind === "name" && isFunction(token.text));
};

export function pairBrackets(list: readonly Token[], text: string, isFunction: (name: string) => boolean): Paired[] {
  const out: Paired[] = [];
  const open: Paired[] = [];
  const queue = [...list];
  for (let k = 0; k < queue.length; k++) {
    const token = queue[k]!;
    const top = open[open.length - 1];
    if (token.kind === "open") open.push(token);
    if (token.kind === "close") {
      if (top?.kind !== "open") throw unmatched(token, top, text);
      open.pop();
    }
    if (token.kind !== "bar") {
      out.push(token);
    } else if (top?.kind === "bar" && endsOperand(out[out.length - 1], isFunction)) {
      const [bar, rest] = top.text === token.text ? [token] : halves(token, top, text);
      if (rest) queue.splice(k + 1, 0, rest);
      open.pop();
      const below = bar!.text === "||" ? subscriptAt(queue, k + 1) : undefined;
      out.push({ ...bar!, bar: "close", ...(below === undefined ? {} : { below }) });
    } else {
      const opening: Paired = { ...token, bar: "open" };
      open.push(opening);
      out.push(opening);
    }
    if (open.length > MAX_NESTING) throw tooDeep(token.span, text);
  }
  if (open.length > 0) throw unclosed(open[open.length - 1]!, text);
  return out;
}

/** `||` where a single bar is open: the end of it and the start of the next, |x||y|. */
function halves(token: Token, top: Token, text: string): readonly [Token, Token?] {
  if (top.text === "||") throw unclosed(top, text);
  const [start, end] = token.span;
  const middle = end - start === 2 ? start + 1 : end;
  return [
    { ...token, text: "|", span: [start, middle] },
    { ...token, text: "|", span: [middle === end ? start : middle, end] },
  ];
}

/** ‖A‖_F, also ‖A‖²_F and ‖A‖^2_F: the subscript is taken out of the row. */
function subscriptAt(queue: Token[], from: number): string | undefined {
  let at = from;
  if (queue[at]?.kind === "operator" && queue[at]!.text === "^") at += 2;
  if (queue[at]?.kind === "subscript") return queue.splice(at, 1)[0]!.text;
  // ‖x‖₂ and ‖A‖F arrive as a tight number or name.
  const next = queue[from];
  if (next?.tight && ((next.kind === "number" && next.text.length === 1) || next.text === "F"))
    return queue.splice(from, 1)[0]!.text;
  return undefined;
}

export const tooDeep = (span: Span, text: string): NablaError =>
  new NablaError("syntax", `nested too deeply: at most ${MAX_NESTING} levels`, {
    span,
    text,
    want: `at most ${MAX_NESTING} levels`,
    hint: "name the inner parts: h = …; f(h)",
  });

const shown = (token: Token): string => (token.text === "||" ? "‖" : token.text);

function unclosed(token: Token, text: string): NablaError {
  const what = token.kind === "open" ? "parenthesis ( is" : `bar ${shown(token)} is`;
  return new NablaError("syntax", `this ${what} never closed`, {
    span: token.span,
    text,
    want: token.kind === "open" ? ")" : shown(token),
  });
}

function unmatched(token: Token, top: Token | undefined, text: string): NablaError {
  if (top) return unclosed(top, text);
  return new NablaError("syntax", "this parenthesis ) was never opened", { span: token.span, text, got: ")" });
}
