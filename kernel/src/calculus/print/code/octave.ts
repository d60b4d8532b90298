/** One function file for Octave and MATLAB: [value, grad, hess] = f(…), as their optimisers want it. */
import { isColumn, isMatrix, isRow } from "../../core/shape.js";
import { loopEntry } from "./indexTerms.js";
import type { Output, Plan } from "./plan.js";
import { oneLine, program, titleOf } from "./program.js";
import { sizeLines } from "./sizeLine.js";
import { codeOf } from "./stableOps.js";

const HELPERS: Readonly<Record<string, string>> = {
  sigmoid: `function s = sigmoid(z)
  s = 1 ./ (1 + exp(-z));
end`,
  softplus: `function s = softplus(z)
  s = max(z, 0) + log1p(exp(-abs(z)));
end`,
  logsumexp: `function s = logsumexp(z)
  top = max(z(:));
  s = top + log(sum(exp(z(:) - top)));
end`,
  softmax: `function p = softmax(z, dim)
  if nargin < 2, dim = 1; end
  e = exp(z - max(z, [], dim));
  p = e ./ sum(e, dim);
end`,
  log_softmax: `function u = log_softmax(z, dim)
  if nargin < 2, dim = 1; end
  u = z - max(z, [], dim);
  u = u - log(sum(exp(u), dim));
end`,
  logabsdet: `function s = logabsdet(X)
  [~, U, ~] = lu(X);
  s = sum(log(abs(diag(U))));
end`,
  adjugate: `function A = adjugate(X)  % transposed cofactors, also of a singular X
  [U, S, V] = svd(X);
  s = diag(S);
  others = zeros(1, numel(s));
  for i = 1:numel(s), others(i) = prod(s([1:i-1, i+1:end])); end
  A = det(U) * det(V) * (V .* others) * U';
end`,
  commutation: `function K = commutation(m, n)
  K = eye(m * n);
  K = K(reshape(reshape(1:m * n, m, n)', [], 1), :);
end`,
};

export function octaveProgram(plan: Plan, target: "octave" | "matlab"): string {
  const made = program(plan, {
    target,
    functionName: (name, outputs) => (outputs.length === plan.outputs.length ? name : `${name}_${outputs.length}`),
    spelling: () => ({
      write: (w) => codeOf(w.self).octave(w),
      index: (form, w) => {
        const sizes = form.free.map((i) => w.size(i.dim));
        const loops = form.free.map((_, n) => `${"ijklpqgh"[n]}_`);
        const entry = loopEntry(form, w, {
          entry: (array, at) => `${array}(${at.join(", ")})`,
          delta: (a, b) => `(${a} == ${b})`,
          sum: (body, index, size) => `sum(arrayfun(@(${index}) ${body}, 1:${size}))`,
        });
        const open = loops.map((i, n) => `for ${i} = 1:${sizes[n]}`).join(", ");
        return [
          `zeros(${sizes.join(", ")});`,
          `${open}`,
          `  %(${loops.join(", ")}) = ${entry};`,
          loops.map(() => "end").join(", "),
        ].join("\n");
      },
    }),
  });
  const f = made.functions[made.functions.length - 1]!;
  const name = made.functions.find((g) => g.outputs.length === plan.outputs.length)!.name;
  const parameters = [...made.inputs.map((i) => i.name), ...f.given.map((g) => g.name), ...f.asked].join(", ");
  const taken = new Set([
    ...made.inputs.map((i) => i.name),
    ...f.body.lines.map((l) => l.name),
    ...f.given.map((g) => g.name),
    ...f.sizes.map((s) => s.name),
    ...f.asked,
    name,
  ]);
  const results = plan.outputs.map((o) => resultName(o, taken));
  const lines = [
    ...sizeLines(
      f,
      made,
      (n, input, axis) =>
        `size(${n}, ${isRow(input.shape) || isColumn(input.shape) ? (isRow(input.shape) ? 2 : 1) : axis + 1})`,
      (axis, by) => `${axis} / (${by})`,
    ).map(({ name: n, text }) => `${n} = ${text};`),
    ...f.body.lines.map((l) => `${l.name} = ${l.text};`),
    ...f.body.results.flatMap((text, i) => assigned(results[i]!, text)),
  ];
  const title = target === "octave" ? "Octave" : "MATLAB";
  return `${[
    [
      `function [${results.join(", ")}] = ${name}(${parameters})`,
      `% ${titleOf(made)}, for ${title}.`,
      ...plan.notes.map((n) => `% ${oneLine(n)}`),
      "% Arguments:",
      ...made.inputs.map((i) => `%   ${i.name}: ${octaveShape(i)}${i.remark === "" ? "" : `; ${i.remark}`}.`),
      ...f.given.map((g) => `%   ${g.name}: a function handle, ${g.about}.`),
      ...f.asked.map((n) => `%   ${n}: a size, that no argument tells.`),
      "% Results:",
      ...plan.outputs.map((o, i) => `%   ${results[i]}: ${oneLine(o.about)}.`),
      ...lines.map((line) => `  ${line}`),
      "end",
    ].join("\n"),
    ...made.helpers.map((h) => HELPERS[h]!),
  ].join("\n\n")}\n`;
}

const octaveShape = ({
  shape,
  symbol,
}: {
  shape: string;
  symbol: { shape: Parameters<typeof isMatrix>[0] };
}): string => {
  if (isMatrix(symbol.shape) || shape === "a scalar") return shape;
  const size = shape.replace(/^shape \(|,\)$/g, "");
  return isRow(symbol.shape) ? `shape (1, ${size})` : `shape (${size}, 1)`;
};

/** A result of loops is filled entry by entry under its own name. */
const assigned = (name: string, text: string): string[] =>
  text.includes("\n") ? `${name} = ${text}`.replace("  %(", `  ${name}(`).split("\n") : [`${name} = ${text};`];

function resultName({ role }: Output, taken: Set<string>): string {
  let name: string = role;
  while (taken.has(name)) name += "_";
  taken.add(name);
  return name;
}
