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
    } else if (closes(token, top) && endsOperand(out[out.length - 1], isFunction)) {
      const [bar, rest] = top!.text === token.text ? [token] : halves(token);
      if (rest) queue.splice(k + 1, 0, rest);
      open.pop();
      out.push({ ...bar!, bar: "close", ...(bar!.text === "||" ? subscriptAt(queue, k + 1, bar!.span) : {}) });
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

/** Whether this bar can close that one: its own kind, or `||` where a single bar is open, |x||y|. */
const closes = (token: Token, top: Token | undefined): boolean =>
  top?.kind === "bar" && (top.text === token.text || (top.text === "|" && token.span[1] - token.span[0] === 2));

/** `||` as the end of one bar and the start of the next. */
function halves(token: Token): readonly [Token, Token] {
  const [start, end] = token.span;
  return [
    { ...token, text: "|", span: [start, start + 1] },
    { ...token, text: "|", span: [start + 1, end] },
  ];
}

/** ‖A‖_F, also ‖A‖²_F and ‖A‖^2_F: the subscript is taken out of the row. */
function subscriptAt(queue: Token[], from: number, span: Span): { below?: string; span?: Span } {
  let at = from;
  if (queue[at]?.kind === "operator" && queue[at]!.text === "^") at += 2;
  // ‖x‖₂ and ‖A‖F arrive as a tight number or name.
  const next = queue[from];
  const tight = next?.tight && ((next.kind === "number" && next.text.length === 1) || next.text === "F");
  if (queue[at]?.kind !== "subscript" && !tight) return {};
  const taken = queue.splice(tight ? from : at, 1)[0]!;
  return { below: taken.text, span: tight || at === from ? [span[0], taken.span[1]] : span };
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
