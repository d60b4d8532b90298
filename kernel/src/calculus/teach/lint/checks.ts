/** What can be seen in a document without deciding its statements. Every check is named and local. */
import { type Formula, type Row, rowsOf } from "./formulas.js";
import { spelling } from "./spelling.js";

/** Something that a reader of the document should know. */
export interface Finding {
  readonly code:
    | "slip"
    | "false"
    | "layout_conflict"
    | "layouts_differ"
    | "eaten_escape"
    | "shapes_disagree"
    | "bound_index"
    | "citation"
    | "order"
    | "dangling"
    | "mixed_sums"
    | "notation"
    | "entrywise"
    | "parentheses";
  /** Line of the document, from 1; 0 for the whole. */
  readonly line: number;
  readonly message: string;
  /** The slip of the notes that it is. */
  readonly erratum?: string;
}

type Check = (formulas: readonly Formula[], lines: readonly string[]) => Finding[];

/** One thing has two shapes under braces. */
const shapesDisagree: Check = (formulas) => {
  const seen = new Map<string, { shape: string; line: number }>();
  return formulas.flatMap(({ latex, line }) =>
    [...latex.matchAll(/\\underbrace\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}_\{([^{}]*)\}/g)].flatMap((m) => {
      const [what, shape] = [spelling(m[1]!), spelling(m[2]!).replace(/times/g, "×")];
      const before = seen.get(what);
      if (!before) seen.set(what, { shape, line });
      if (!before || before.shape === shape) return [];
      const message = `${m[1]!.trim()} is ${before.shape} under the brace of line ${before.line} and ${shape} here`;
      return [{ code: "shapes_disagree" as const, line, message }];
    }),
  );
};

/** w_j = Σ_j …: a bound index stands on the left. */
const boundIndex: Check = (formulas) =>
  formulas.flatMap(({ latex, line }) => {
    const found = /^\s*\\?\w+(?:\{[^{}]*\})?_\{?([a-z])\}?\s*=\s*\\sum_\{\s*([a-z])\s*(?:\\in|=)/.exec(latex);
    if (!found || found[1] !== found[2]) return [];
    return [
      { code: "bound_index" as const, line, message: `the index ${found[1]} is summed and stands on the left too` },
    ];
  });

/** "from eq. (10)" beside a line that has the right side of (11). */
const citations: Check = (formulas) => {
  const equations = new Map<string, string>();
  for (const { latex } of formulas) {
    const found = /=([\s\S]*?)\\quad\s*\((\d+)\)\s*$/.exec(latex);
    if (found) equations.set(found[2]!, spelling(found[1]!.split("=").pop()!));
  }
  return formulas.flatMap((formula) =>
    formula.latex.split("\\\\").flatMap((row) => {
      const cited = /eqs?\.\s*\((\d+)\)/.exec(row)?.[1];
      const own = spelling(row.split("&&")[0]!);
      const used = [...equations].find(([n, right]) => n !== cited && right.length > 8 && own.includes(right))?.[0];
      const wrong = cited && used && equations.has(cited) && !own.includes(equations.get(cited)!);
      if (!wrong) return [];
      const line = formula.line + formula.latex.slice(0, formula.latex.indexOf(row)).split("\n").length - 1;
      return [
        { code: "citation" as const, line, message: `eq. (${cited}) is cited; the form that is used is (${used})` },
      ];
    }),
  );
};

/** "therefore, d(x'x)/dx = …" behind the derivation of something else. */
const outOfOrder: Check = (formulas, lines) =>
  formulas.flatMap((formula, i) => {
    if (formula.display || !/(?:therefore|finally|hence)\b/i.test(formula.before)) return [];
    const of = /^\s*\\d?frac\{\s*(?:d|\\partial)\s*([\s\S]+?)\}\{\s*(?:d|\\partial)/.exec(formula.latex)?.[1];
    const derived = formulas.slice(0, i).filter((f) => f.display && f.latex.includes("="));
    const last = derived[derived.length - 1];
    if (!of || !last) return [];
    const name = inner(of);
    const has = (f: Formula): boolean => spelling(f.latex.split("=")[0]!).includes(name);
    if (has(last) || !derived.some(has)) return [];
    const at = derived.filter(has).pop()!;
    const message = `this conclusion belongs to the derivation of line ${at.line}, not to that above it`;
    return [{ code: "order" as const, line: lines[formula.line - 1] === undefined ? 0 : formula.line, message }];
  });

/** ‖Wx + b‖²₂ and (x'x) as they are named on the left of a derivation. */
const inner = (of: string): string =>
  spelling(of)
    .replace(/_2\^2/g, "^2")
    .replace(/^\((.*)\)$/, "$1");

/** A definition is announced, and none follows. */
const dangling: Check = (_formulas, lines) =>
  lines.flatMap((text, i) => {
    if (!/\b(?:defined|given) (?:as|by)\s*:\s*$/.test(text)) return [];
    const next = lines.slice(i + 1).find((l) => l.trim() !== "");
    if (next !== undefined && !/^#/.test(next)) return [];
    return [{ code: "dangling" as const, line: i + 1, message: "a definition is announced, and none follows" }];
  });

/** Sums with Σ in some lines, by repeated indices in others. */
const mixedSums: Check = (formulas) => {
  if (!formulas.some((f) => /\\sum/.test(f.latex))) return [];
  return formulas.flatMap((formula) =>
    rowsOf(formula).flatMap(({ latex, line }: Row) => {
      if (/\\sum/.test(latex)) return [];
      const side = latex.split(/=|\\Rightarrow/).find((part) => repeated(part));
      if (!side) return [];
      const message = `the index ${repeated(side)} is summed without Σ here, and other lines write Σ`;
      return [{ code: "mixed_sums" as const, line, message }];
    }),
  );
};

/** An index that two factors of a product share, in subscripts of entries. */
function repeated(side: string): string | undefined {
  if (/[+-]/.test(side.replace(/\{[^{}]*\}/g, ""))) return undefined;
  const letters = [...side.matchAll(/_\{?([a-z]{1,4})\}?(?![a-zA-Z])/g)].flatMap((m) => [...m[1]!]);
  return letters.length > 2 ? letters.find((c, i) => letters.indexOf(c) !== i) : undefined;
}

/** ∂f(X)/∂X of matrices, printed as if it were a matrix. */
const entrywise: Check = (formulas) =>
  formulas.flatMap(({ latex, line }) => {
    const s = spelling(latex);
    const found = /fracpartial(?:f\((X)\))?partial(X)/.exec(s);
    if (!found || !/f\(X\)/.test(s) || !s.includes("=")) return [];
    const message = "the derivative of a matrix by a matrix has four axes: this holds entry by entry, as tensors";
    return [{ code: "entrywise" as const, line, message }];
  });

/** A parenthesis that was lost. */
const parentheses: Check = (formulas) =>
  formulas.flatMap(({ latex, line }) => {
    const plain = latex.replace(/\\left|\\right|\\text\{[^{}]*\}/g, "");
    const count = (c: string): number => plain.split(c).length - 1;
    if (count("(") === count(")") || /\\begin|egin\{/.test(latex)) return [];
    return [
      { code: "parentheses" as const, line, message: `${count("(")} opening and ${count(")")} closing parentheses` },
    ];
  });

const ESCAPES = /(?<![\\A-Za-z])(?:rac(?=[\s{])|oldsymbol\b|egin\{|abla(?![A-Za-z])|ight(?=[\s).\]]))/g;

/** Control characters that ate the start of a macro; one finding for each word. */
const eatenEscapes: Check = (_formulas, lines) => {
  const found = new Map<string, number>();
  for (const [i, text] of lines.entries())
    for (const m of text.matchAll(ESCAPES)) if (!found.has(m[0])) found.set(m[0], i + 1);
  const macros: Readonly<Record<string, string>> = {
    rac: "\\frac",
    oldsymbol: "\\boldsymbol",
    "egin{": "\\begin{",
    abla: "\\nabla",
    ight: "\\right",
  };
  return [...found].map(([word, line]) => ({
    code: "eaten_escape" as const,
    line,
    message: `${word} is ${macros[word] ?? word}: a backslash and the letter behind it were eaten`,
  }));
};

const CHECKS: readonly Check[] = [
  shapesDisagree,
  boundIndex,
  citations,
  outOfOrder,
  dangling,
  mixedSums,
  entrywise,
  parentheses,
  eatenEscapes,
];

export const checksOf: Check = (formulas, lines) => CHECKS.flatMap((check) => check(formulas, lines));
