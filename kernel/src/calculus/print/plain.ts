/** A derivation as plain text, for a terminal: one line per step, the rule and its source at the end. */
import type { Derivation } from "../core/derivation.js";
import { topological } from "../core/expr.js";
import type { IndexLine } from "../core/indexLine.js";
import { showShape } from "../core/shape.js";
import type { DifferentialLine, Step } from "../core/step.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { chainText } from "./chainText.js";
import { tags } from "./citation.js";
import { conditionText } from "./conditions.js";
import { folded, foldedList, folds, rangeText } from "./fold.js";
import { indexJson } from "./indexJson.js";
import { indexLineText } from "./indexText.js";
import { checkLine, reading } from "./results.js";
import { text } from "./text.js";

/** The page of `nabla derive`: header, lines with reasons, result, check. */
export function plain(derivation: Derivation): string {
  const { f, wrt, layout, structure } = derivation.problem;
  const shapes = topological(f)
    .filter(isSymbol)
    .map((s) => `${nameOf(s)}: ${showShape(s.shape)}`);
  const out = [
    `f = ${text(f)}   (${shapes.join(", ")})`,
    `wrt ${wrt.map((x) => text(x)).join(", ")} · ${layout} layout${structure ? ` · structure ${structure}` : ""}`,
  ];
  // Pages of the other styles say their names where they use them.
  const names = derivation.problem.style === "differential" ? derivation.names : [];
  const lets = names.map((l) => `let ${text(l.symbol)} = ${text(l.value)}`);
  out.push(...foldedList(lets, rangeText));
  for (const c of derivation.conditions) out.push(`where ${conditionText(c, text)}`);
  out.push("");
  const lines = foldedSteps(derivation.steps);
  const width = Math.min(72, Math.max(0, ...lines.map((l) => l.line.length)));
  for (const { line, why: reason } of lines) out.push(`${line.padEnd(width)}   ${reason}`);
  out.push("", ...resultLines(derivation));
  for (const e of derivation.errata) out.push("", `Erratum (${e.layout} layout): the notes print ${e.printed}.`);
  const said = reading(derivation);
  if (said) out.push(said);
  out.push(checkLine(derivation.proof, derivation.steps, derivation.refused));
  return out.join("\n");
}

interface TextLine {
  readonly line: string;
  readonly why: string;
}

/** One line per step; lines that repeat on a long page are stated once for k. */
function foldedSteps(steps: readonly Step[]): TextLine[] {
  const all = steps.map((s, i): TextLine => ({ line: stepText(s, steps[i - 1]), why: why(s) }));
  const found = folds(all.map(({ line, why: rule }) => ({ rule, parts: [line] })));
  return folded(all, found, (fold) =>
    fold.general.map(([line = ""], i) => ({ line: `${line}${rangeText(fold)}`, why: all[fold.from + i]!.why })),
  );
}

const why = (s: Step): string =>
  `[${s.chips.join(", ")}] ${tags(s.cites)
    .map((t) => t.label)
    .join("; ")}`.trimEnd();

/** The first line of a page says what is differentiated, and so does the line after the gradient of a Hessian. */
function stepText(s: Step, before: Step | undefined): string {
  switch (s.body.kind) {
    case "differential":
      return `${opening(s.body, before)} = ${s.body.via ? `${text(s.body.via)} = ` : ""}${text(s.body.after)}`;
    case "result":
      return s.body.vec
        ? `∂vec f/∂vec(${text(s.body.wrt[s.body.wrt.length - 1]!)})' = ${text(s.body.expr)}`
        : `${s.body.wrt.length === 2 ? "∂²f" : "∂f"}/${s.body.wrt.map((x) => `∂${text(x)}`).join("")} = ${text(s.body.expr)}`;
    case "index":
      return indexLine(s.body);
    case "chain":
      return chainText(s.body, { page: true });
  }
}

function opening({ of }: DifferentialLine, before: Step | undefined): string {
  if (of) return isSymbol(of) ? `d${nameOf(of)}` : "df";
  if (!before) return "df";
  return before.body.kind === "result" ? "d(∇f)" : "  ";
}

function resultLines(derivation: Derivation): string[] {
  const { matrices, result, problem } = derivation;
  const shown = matrices[problem.layout];
  if (shown) return [`result (${problem.layout}): ${text(shown)}   ${showShape(shown.shape)}`];
  const { free, ranges, terms } = indexJson(result.index);
  const body = terms.map((t) =>
    [
      t.coef === 1 ? "" : String(t.coef),
      ...t.factors.map((f) =>
        "delta" in f
          ? `δ_${f.delta.join("")}`
          : `${f.expr.length > 1 ? `[${f.expr}]` : f.expr}${f.indices.length ? `_${f.indices.join("")}` : ""}`,
      ),
    ]
      .filter(Boolean)
      .join(" "),
  );
  const out = [
    `result (index form): J_${free.join("")} = ${body.join(" + ") || "0"}   (${free.map((i) => `${i}: ${ranges[i]}`).join(", ")})`,
  ];
  if (derivation.map) out.push(`linear map: d${text(problem.wrt[problem.wrt.length - 1]!)} ↦ ${text(derivation.map)}`);
  if (result.kronecker)
    out.push(`∂vec f/∂vec(${text(problem.wrt[problem.wrt.length - 1]!)})' = ${text(result.kronecker)}`);
  return out;
}

const indexLine = (line: IndexLine): string => {
  const { left, right, where, lets } = indexLineText(line);
  const sides = left ? [left, ...right].join(" = ") : `   = ${right.join(" = ")}`;
  return [...lets, sides, ...where].join(", ");
};
