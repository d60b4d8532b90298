/** What a statement of a document is worth: decided by the engine where it can be read and says enough. */
import { NablaError } from "../../core/errors.js";
import type { Layout } from "../../core/step.js";
import { NO_DECLARATIONS } from "../../text/scope.js";
import { texText } from "../../text/tex/texText.js";
import { checkStatement } from "../checkStatement.js";
import type { LayoutSeen, StatementResult } from "../verdict.js";

/** A statement of a document. */
export interface LintStatement {
  /** Line of the document, from 1. */
  readonly line: number;
  /** As it is printed. */
  readonly text: string;
  /** "undecided": it cannot be read, or says too little (a definition, an abstract function). */
  readonly verdict: "true" | "false" | "undecided";
  /** The layout in which a derivative is right. */
  readonly layoutSeen: LayoutSeen;
  /** Why, or what is wrong. */
  readonly message: string;
  /** Slips of the notes that it repeats, by their ids. */
  readonly errata: readonly string[];
  /** What eaten escapes were read as. */
  readonly repaired: readonly string[];
}

interface Printed {
  readonly line: number;
  readonly latex: string;
}

/** What names stand for further up in the document, in the grammar: y is A x. */
export type Definitions = Map<string, string>;

/**
 * @param notation plain text has the grammar's own words
 * @param definitions names that the document has defined so far; a definition is added
 */
export function decideClaim(
  { line, latex }: Printed,
  notation: "tex" | "text",
  definitions: Definitions,
): LintStatement {
  const base = { line, text: latex, layoutSeen: undefined, errata: [], repaired: [] } as const;
  try {
    const read = notation === "tex" ? texText(latex, NO_DECLARATIONS) : { text: latex, warnings: [] };
    const repaired = read.warnings.filter((w) => w.includes("backslash") || w.includes("escape"));
    const text = writtenOut(read.text, definitions);
    const unsaid = saysTooLittle(text);
    if (unsaid === DEFINITION) remember(text, definitions);
    if (unsaid) return { ...base, verdict: "undecided", message: unsaid, repaired };
    const result = decided(text);
    return { ...base, ...judged(result), repaired };
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    return { ...base, verdict: "undecided", message: error.message };
  }
}

const DEFINITION = "a definition";

/** "y = A x", and not "y = x = 0". */
function remember(text: string, definitions: Definitions): void {
  const found = /^\s*([A-Za-z]\w*)\s*=([^=]+)$/.exec(text);
  if (found && !word(found[1]!).test(found[2]!)) definitions.set(found[1]!, found[2]!.trim());
}

/** ∂y/∂x with y = A x is ∂(A x)/∂x. */
function writtenOut(text: string, definitions: Definitions): string {
  return text.replace(
    /(?<![A-Za-z0-9_])d(?:\(([A-Za-z]\w*)\)|([A-Za-z]\w*))(?=\/d\(?([A-Za-z]\w*))/g,
    (whole, a, b, by) => {
      const value = definitions.get(a ?? b);
      return value !== undefined && word(by).test(value) ? `d(${value})` : whole;
    },
  );
}

/** A derivative by X of an expression that has x only is meant by x. */
function decided(text: string): StatementResult {
  const found = /^(\s*d(?:\(.*\))?\/d)([A-Z])(?![A-Za-z0-9_])(.*)$/su.exec(text);
  const [, head = "", X, rest = ""] = found ?? [];
  const small = X?.toLowerCase();
  const of = head + rest.split("=")[0];
  const meant = X && !word(X).test(of) && word(small!).test(of) ? `${head}${small}${rest}` : text;
  return checkStatement(meant);
}

const word = (name: string): RegExp => new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`);

/** Definitions and derivatives of things that are not written out are no claims. */
function saysTooLittle(text: string): string | undefined {
  const [left = "", ...rest] = text.split(/(?<![<>:=])=(?!=)/);
  if (rest.length === 0) return "no equation";
  if (
    /^\s*[A-Za-z]\w*\s*$/.test(left) ||
    (rest.length === 1 && /^\s*[A-Za-z]\w*\s*$/.test(rest[0]!) && !/\/d/.test(left))
  )
    return DEFINITION;
  const derivative = /d(?:\(([^=]*)\)|([A-Za-z]\w*))?\/d\(?([A-Za-z]\w*)'?\)?/.exec(text);
  if (derivative) {
    const [, of = derivative[2] ?? "", , by] = derivative;
    if (derivative[1] !== undefined || derivative[2] !== undefined) {
      const name = by!;
      const inside = word(name).test(of) || word(name.toLowerCase()).test(of);
      if (!inside) return `nothing says how ${of} depends on ${name}`;
    }
  }
  if (
    /[A-Za-z]'*\((?!.*\b(?:tr|det|inv|exp|log|ln|sin|cos|tanh|relu|sigmoid|softmax|norm|sum|diag|vec|kron|adj|sqrt)\()/.test(
      text,
    )
  ) {
    const applied = [...text.matchAll(/([A-Za-z]\w*)'*\(/g)].map((m) => m[1]!);
    const abstract = applied.find((name) => !KNOWN.has(name));
    if (abstract) return `${abstract} is not written out`;
  }
  return undefined;
}

const KNOWN = new Set(
  "d D tr det inv exp log ln sin cos tan tanh relu sigmoid softmax norm sum diag vec kron adj sqrt abs logdet logsumexp eye ones".split(
    " ",
  ),
);

function judged(result: StatementResult): Pick<LintStatement, "verdict" | "layoutSeen" | "message" | "errata"> {
  const errata = result.errata.map((e) => e.id);
  const guessed = result.notes.some((n) => /function of|is read as [A-Za-z]\*/.test(n));
  // Shapes that had to be guessed may be guessed wrongly: only a counterexample counts, or a known slip.
  const sure = result.verdict === "true" || result.counterexample !== undefined || result.verdict === "vectors_only";
  if (errata.length === 0 && (guessed || !sure))
    return { verdict: "undecided", layoutSeen: undefined, message: result.message, errata };
  return {
    verdict: result.ok && errata.length === 0 ? "true" : "false",
    layoutSeen: result.layoutSeen,
    message: result.message,
    errata,
  };
}

export const layoutOf = (seen: LayoutSeen): Layout | undefined => (seen === "both" ? undefined : seen);
