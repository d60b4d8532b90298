/** A whole trace as a LaTeX document of its own: every step with its sentence, its formula and its numbers. */
import type { TraceDocument } from "../calculus/index.js";
import { escapeLatex } from "./escape.js";
import { inlineLatex } from "./inline.js";
import { results, valueLatex } from "./trace.js";

/** In the layout of the trace's conventions. The packages are those of every TeX distribution. */
export function traceLatex(trace: TraceDocument): string {
  const { layout } = trace.conventions;
  const steps = trace.steps.flatMap((step) => {
    const formula = step.formula[layout];
    const values = results(trace, step).map((tensor) => `${tensor.latex} = ${valueLatex(trace, tensor)}`);
    return [
      `\\subsection*{${escapeLatex(step.id)}\\quad ${inlineLatex(step.title)}}`,
      inlineLatex(step.sentence),
      ...[formula.symbolic, ...values].filter((latex) => latex !== "").map((latex) => `\\[\n${latex}\n\\]`),
      ...step.checks.map(({ sentence }) => `{\\footnotesize ${inlineLatex(sentence)}}`),
    ];
  });
  return [
    "\\documentclass{article}",
    "\\usepackage[margin=2cm]{geometry}",
    "\\usepackage{amsmath,amssymb}",
    "\\begin{document}",
    `\\section*{${escapeLatex(trace.title)}}`,
    `${layout === "numerator" ? "Numerator" : "Denominator"} layout.`,
    ...steps,
    "\\end{document}",
    "",
  ].join("\n\n");
}
