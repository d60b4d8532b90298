/** The Octave script that calls every exported program once and writes what they return. */
import { type Case, givenTo, type Nested, type StandIn } from "../calculus/code/programs.js";

const literal = ({ value, row }: Case["inputs"][number]): string => {
  if (typeof value === "number") return exact(value);
  const lines = value.map((v) =>
    typeof v === "number" ? exact(v) : (v as Nested[]).map((x) => exact(x as number)).join(", "),
  );
  return `[${lines.join(row ? ", " : "; ")}]`;
};
const exact = (x: number): string => x.toPrecision(17);

/** As ops/abstract.ts evaluates a function that is known by name only. */
function standIn({ kind, order, c }: StandIn): string {
  if (kind === "apply")
    return `@(x) sin(x + ${exact(0.3 + c + (order * Math.PI) / 2)})${order === 0 ? " + x / 2" : order === 1 ? " + 0.5" : ""}`;
  return `@(y) stand_in(y, ${exact(c)}, ${order})`;
}

export function octaveScript(programs: readonly { readonly c: Case; readonly name: string }[]): string {
  const calls = programs.map(({ c, name }) => {
    const all = c.roles.map((_, i) => i);
    const args = [...c.inputs.map(literal), ...givenTo(c, all).map(standIn)].join(", ");
    const outputs = c.roles.map((_, i) => `o${i}`);
    return `try
  [${outputs.join(", ")}] = ${name}(${args});
  results.${name} = struct("outputs", {{${outputs.map((o) => `reshape(${o}, 1, [])`).join(", ")}}});
catch problem
  results.${name} = struct("error", problem.message);
end`;
  });
  return `1;
function s = stand_in(y, c, order)
  i = (0:numel(y) - 1)';
  w = sin(1.3 * i + 1 + c);
  v = 0.4 + 0.3 * cos(2.1 * i + c);
  u = w' * y;
  if order == 0, s = sin(u) + sum(v .* y.^2) / 2;
  elseif order == 1, s = w * cos(u) + v .* y;
  else s = -w * w' * sin(u) + diag(v); end
end
results = struct();
${calls.join("\n")}
file = fopen("results.json", "w");
fprintf(file, "{");
names = fieldnames(results);
for k = 1:numel(names)
  r = results.(names{k});
  if k > 1, fprintf(file, ","); end
  if isfield(r, "error"), fprintf(file, "\\"%s\\":{\\"error\\":\\"%s\\"}", names{k}, regexprep(r.error, "[^A-Za-z0-9 .,:()]", " "));
  else
    lists = cellfun(@(o) ["[", strjoin(arrayfun(@(x) sprintf("%.17g", x), o, "UniformOutput", false), ","), "]"], r.outputs, "UniformOutput", false);
    fprintf(file, "\\"%s\\":{\\"outputs\\":[%s]}", names{k}, strjoin(lists, ","));
  end
end
fprintf(file, "}");
fclose(file);
`;
}
