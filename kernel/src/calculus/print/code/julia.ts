/** Julia programs: LinearAlgebra only; columns and rows are vectors. */
import { isMatrix } from "../../core/shape.js";
import { loopEntry } from "./indexTerms.js";
import type { Plan } from "./plan.js";
import { oneLine, type Program, type ProgramFunction, program, snakeName, titleOf } from "./program.js";
import { sizeLines } from "./sizeLine.js";
import { codeOf } from "./stableOps.js";

const HELPERS: Readonly<Record<string, string>> = {
  sigmoid: "sigmoid(z) = 1 / (1 + exp(-z))",
  softplus: "softplus(z) = max(z, 0) + log1p(exp(-abs(z)))",
  logsumexp: "logsumexp(z) = (top = maximum(z); top + log(sum(exp.(z .- top))))",
  softmax: `softmax(z) = (e = exp.(z .- maximum(z)); e ./ sum(e))
softmax(Z, dims) = (E = exp.(Z .- maximum(Z; dims)); E ./ sum(E; dims))`,
  log_softmax: `log_softmax(z) = (u = z .- maximum(z); u .- log(sum(exp.(u))))
log_softmax(Z, dims) = (U = Z .- maximum(Z; dims); U .- log.(sum(exp.(U); dims)))`,
  adjugate: `function adjugate(X)  # transposed cofactors, also of a singular X
    U, s, V = svd(X)
    others = [prod(s[k] for k in eachindex(s) if k != i; init = 1.0) for i in eachindex(s)]
    return det(U) * det(V') * V * Diagonal(others) * U'
end`,
  commutation: `commutation(m, n) = [(r - 1) ÷ n == (c - 1) % m && (r - 1) % n == (c - 1) ÷ m ? 1.0 : 0.0 for r in 1:m*n, c in 1:m*n]`,
};

export function juliaProgram(plan: Plan): string {
  const made = program(plan, {
    target: "julia",
    functionName: snakeName,
    spelling: () => ({
      write: (w) => codeOf(w.self).julia(w),
      index: (form, w) => {
        const loops = form.free.map((i, n) => `${"ijklpqgh"[n]}_ in 1:${w.size(i.dim)}`).join(", ");
        const entry = loopEntry(form, w, {
          entry: (array, at) => `${array}[${at.join(", ")}]`,
          delta: (a, b) => `(${a} == ${b})`,
          sum: (body, index, size) => `sum(${body} for ${index} in 1:${size})`,
        });
        return `[${entry === "0" ? "0.0" : entry} for ${loops}]`;
      },
    }),
  });
  const head = [
    `# ${titleOf(made)}, for Julia.`,
    ...plan.notes.map((n) => `# ${oneLine(n)}`),
    "# Vectors have one axis, whether they stand as a column or as a row.",
    "using LinearAlgebra",
  ];
  return `${[head.join("\n"), ...made.helpers.map((h) => HELPERS[h]!), ...made.functions.map((f) => functionText(f, made))].join("\n\n")}\n`;
}

function functionText(f: ProgramFunction, made: Program): string {
  const extra = [...f.given.map((g) => g.name), ...f.asked];
  const parameters = [...made.inputs.map((i) => i.name), ...extra].join(", ");
  const lines = [
    ...sizeLines(
      f,
      made,
      (name, input, axis) => (isMatrix(input.shape) ? `size(${name}, ${axis + 1})` : `length(${name})`),
      (axis, by) => `${axis} ÷ (${by})`,
    ).map(({ name, text }) => `${name} = ${text}`),
    ...f.body.lines.map(({ name, text }) => `${name} = ${text}`),
    `return ${f.body.results.join(", ")}`,
  ];
  return [
    '"""',
    `    ${f.name}(${parameters})`,
    "",
    ...f.outputs.map((o) => `${oneLine(o.about)}.`),
    "",
    "# Arguments",
    ...made.inputs.map((i) => `- \`${i.name}\`: ${i.shape}${i.remark === "" ? "" : `; ${i.remark}`}.`),
    ...f.given.map((g) => `- \`${g.name}\`: ${g.about}.`),
    ...f.asked.map((n) => `- \`${n}\`: a size, that no argument tells.`),
    '"""',
    `function ${f.name}(${parameters})`,
    ...lines.map((line) => `    ${line}`),
    "end",
  ].join("\n");
}
