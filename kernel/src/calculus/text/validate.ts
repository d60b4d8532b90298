/** Operands and operators must alternate. Checked on the row, so that every syntax error names its place in words. */
import { NablaError, type Span } from "../core/errors.js";
import { MAX_NESTING, tooDeep } from "./brackets.js";
import { endsOperand, type Item, isPower, isSign } from "./items.js";

const BINARY = new Set(["+", "-", "*", "/", "^", ".*", "./", ".^", "⊗"]);
const COMPARISON = new Set(["<", ">", "<=", ">=", "==", "!="]);

export function validate(items: readonly Item[], text: string): void {
  if (items.length === 0) throw emptyText(text);
  let expectOperand = true;
  let unary = 0;
  let powers = 0;
  /** Of every open parenthesis, whether a function stands before it. */
  const calls: boolean[] = [];
  items.forEach((item, i) => {
    const before = items[i - 1];
    const { span } = item;
    switch (item.kind) {
      case "operand":
        if (item.leaf.kind === "number" && endsOperand(before)) throw missingOperator(item, text);
        if (item.leaf.kind === "string" && before?.kind !== "comma") throw misplaced(item, text);
        expectOperand = false;
        unary = 0;
        break;
      case "head":
      case "open":
        if (item.kind === "open") calls.push(before?.kind === "head");
        expectOperand = true;
        unary = item.kind === "head" && before?.kind === "head" ? unary + 1 : 0;
        powers = 0;
        break;
      case "close": {
        calls.pop();
        const callWithout = before?.kind === "open" && items[i - 2]?.kind === "head";
        if (expectOperand && !callWithout) throw missingOperand(before!, [before!.span[0], span[1]], text);
        expectOperand = false;
        powers = 0;
        break;
      }
      case "comma":
        if (expectOperand) throw missingOperand(before, span, text);
        if (calls[calls.length - 1] !== true) throw outsideCall(span, text);
        expectOperand = true;
        powers = 0;
        break;
      case "prime":
        if (expectOperand) throw nothingToTranspose(span, text);
        if (before?.kind === "prime") unary++;
        break;
      case "operator":
        checkOperator(item.text, span, text);
        if (expectOperand && (before?.kind === "head" || !isSign(item)))
          throw missingOperand(before, span, text, item.text);
        unary = expectOperand ? unary + 1 : 0;
        powers = isPower(item) ? powers + 1 : expectOperand ? powers : 0;
        expectOperand = true;
        break;
    }
    if (unary > MAX_NESTING || powers > MAX_NESTING) throw tooDeep(span, text);
  });
  const last = items[items.length - 1]!;
  if (expectOperand) throw missingOperand(last, last.span, text);
}

export const emptyText = (text: string): NablaError =>
  new NablaError("syntax", "the expression is empty", { span: [0, text.length], text, want: "an expression" });

function checkOperator(op: string, span: Span, text: string): void {
  if (BINARY.has(op)) return;
  if (COMPARISON.has(op))
    throw new NablaError("not_differentiable", `a comparison (${op}) has no derivative`, {
      span,
      text,
      got: op,
      want: "an expression with a derivative",
      hint: "step(x) is 1 for x > 0 and 0 otherwise; relu(x) is max(0, x)",
    });
  if (op === "=" || op === ":=")
    throw new NablaError("syntax", "an equation where an expression is expected", {
      span,
      text,
      got: op,
      want: "an expression",
      hint: 'check("…") decides equations; names for parts are separated by ;',
    });
  throw new NablaError("syntax", `unexpected ${op}`, { span, text, got: op });
}

function missingOperand(before: Item | undefined, span: Span, text: string, op?: string): NablaError {
  if (before?.kind === "head")
    return new NablaError("bad_argument", `${before.text} is a function and needs its argument: ${before.text}(…)`, {
      span: before.span,
      text,
      got: before.text,
      want: `${before.text}(…)`,
      ...(op === "^" ? { hint: `the power stands behind: ${before.text}(…)^2` } : {}),
    });
  const empty = before?.kind === "open" && op === undefined;
  const after = before?.kind === "operator" || before?.kind === "comma" ? ` after ${before.text}` : "";
  const message = empty
    ? "these parentheses are empty"
    : op !== undefined && after === ""
      ? `expected an operand before ${op}`
      : `expected an operand${after}`;
  return new NablaError("syntax", message, { span, text, want: "an operand", got: op });
}

const missingOperator = (item: Item, text: string): NablaError =>
  new NablaError("syntax", `expected an operator before ${item.text}`, {
    span: item.span,
    text,
    got: item.text,
    want: "an operator",
    hint: "numbers stand in front: 2 x",
  });

const misplaced = (item: Item, text: string): NablaError =>
  new NablaError("syntax", `unexpected text ${item.text}`, { span: item.span, text, got: item.text });

const outsideCall = (span: Span, text: string): NablaError =>
  new NablaError("syntax", "a comma outside of a function's arguments", { span, text, got: "," });

const nothingToTranspose = (span: Span, text: string): NablaError =>
  new NablaError("syntax", "there is nothing before ' to transpose", { span, text, want: "an operand" });
