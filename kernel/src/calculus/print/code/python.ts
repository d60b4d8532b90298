/** NumPy, JAX and PyTorch programs. JAX brings a jitted, a batched and a sharded form. */

import { topological } from "../../core/expr.js";
import type { IndexForm, Term } from "../../core/indexForm.js";
import type { PythonWriter, Writer } from "../../ops/code/define.js";
import { isSymbol } from "../../ops/leaves.js";
import type { Spelling } from "./body.js";
import { arrays, front, letters } from "./indexTerms.js";
import { batchedForms } from "./jaxBatch.js";
import type { Plan } from "./plan.js";
import { oneLine, type Program, type ProgramFunction, program, snakeName, titleOf } from "./program.js";
import { pythonHelpers } from "./pythonHelpers.js";
import { decorator, docstring } from "./pythonText.js";
import { codeOf } from "./stableOps.js";

type Library = PythonWriter["library"];
const LIBRARIES = {
  numpy: { np: "np", title: "NumPy", imports: ["import numpy as np"] },
  jax: { np: "jnp", title: "JAX", imports: ["import jax", "import jax.numpy as jnp"] },
  torch: { np: "torch", title: "PyTorch", imports: ["import torch"] },
} as const;

export interface PythonOptions {
  /** Arguments that carry a batch; by default all but the variables. */
  readonly batch?: readonly string[] | undefined;
}

export function pythonProgram(plan: Plan, library: Library, options: PythonOptions = {}): string {
  const made = program(plan, {
    target: library,
    functionName: snakeName,
    spelling: (reference) => spelling(library, reference),
  });
  const { title, imports } = LIBRARIES[library];
  const parts = [
    docstring("", [
      `${titleOf(made)}, for ${title}.`,
      "",
      ...plan.notes.map(oneLine),
      "Vectors have one axis, whether they stand as a column or as a row.",
    ]),
    [...(library === "jax" ? ["import functools", "import math", ""] : []), ...imports].join("\n"),
    ...pythonHelpers(made.helpers, library),
    ...made.functions.map((f) => functionText(f, made, library)),
    ...(library === "jax" ? batchedForms(made, options.batch) : []),
  ];
  return `${parts[0]}\n\n${parts[1]}\n\n\n${parts.slice(2).join("\n\n\n")}\n`;
}

function functionText(f: ProgramFunction, made: Program, library: Library): string {
  const lines = [
    ...f.sizes.map(({ name, source, others }) => {
      const axis = `${made.inputs.find((i) => i.symbol === source.input)!.name}.shape[${axisOf(source)}]`;
      const divisor = [...(source.coefficient === 1 ? [] : [String(source.coefficient)]), ...others].join(" * ");
      return `${name} = ${axis}${divisor === "" ? "" : ` // (${divisor})`}`;
    }),
    ...f.body.lines.map(({ name, text }) => `${name} = ${text}`),
    `return ${f.body.results.join(", ")}`,
  ];
  const extra = [...f.given.map((g) => g.name), ...f.asked];
  const documentation = [
    ...f.outputs.map((o) => `${oneLine(o.about)}.`),
    "",
    "Args:",
    ...made.inputs.map((i) => `    ${i.name}: ${i.shape}${i.remark === "" ? "" : `; ${i.remark}`}.`),
    ...f.given.map((g) => `    ${g.name}: ${g.about}.`),
    ...f.asked.map((n) => `    ${n}: a size, that no argument tells.`),
  ];
  return [
    ...(library === "jax" ? [decorator(extra)] : []),
    `def ${f.name}(${signature(made, f)}):`,
    docstring("    ", documentation),
    ...lines.map((line) => `    ${line}`),
  ].join("\n");
}

const signature = (made: Program, f: ProgramFunction): string => {
  const extra = [...f.given.map((g) => g.name), ...f.asked];
  return [...made.inputs.map((i) => i.name), ...(extra.length > 0 ? ["*", ...extra] : [])].join(", ");
};

const axisOf = ({ input, axis }: { input: { shape: { rows: { key: string } } }; axis: 0 | 1 }): number =>
  input.shape.rows.key === "1" ? 0 : axis;

function spelling(library: Library, reference: string): Spelling {
  const { np } = LIBRARIES[library];
  const constant: PythonWriter["constant"] = (kind, sizes) => {
    const shape = sizes.length === 1 ? sizes[0]! : `(${sizes.join(", ")})`;
    if (library !== "torch") return `${np}.${kind}(${shape})`;
    if (kind === "eye") return `torch.eye(${shape}, dtype=${reference}.dtype, device=${reference}.device)`;
    return `${reference}.new_${kind}(${shape})`;
  };
  const writer = (w: Writer): PythonWriter => ({
    ...w,
    library,
    np,
    constant,
    array: (i) => {
      const z = w.self.args[i]!;
      const bare = library === "torch" && !topological(z).some((e) => isSymbol(e) || e.shape.rows.key !== "1");
      return bare ? `torch.as_tensor(float(${w.print(z)}), dtype=${reference}.dtype)` : w.arg(i);
    },
  });
  return {
    write: (w) => codeOf(w.self).python(writer(w)),
    index: (form, w) => einsums(form, writer(w)),
  };
}

function einsums(form: IndexForm, w: PythonWriter): string {
  if (form.terms.length === 0)
    return w.constant(
      "zeros",
      form.free.map((i) => w.size(i.dim)),
    );
  return form.terms
    .map((term) => einsum(form, term, w))
    .reduce((sum, term) => (term.startsWith("-") ? `${sum} - ${term.slice(1)}` : `${sum} + ${term}`));
}

function einsum(form: IndexForm, term: Term, w: PythonWriter): string {
  const names = letters(form, term);
  const at = (index: { id: number }): string => names.get(index.id)!;
  const operands = [
    ...arrays(term).map((f) => ({ out: w.print(f.expr), letters: [f.row, f.col].flatMap((i) => (i ? [at(i)] : [])) })),
    ...term.deltas.map(([a, b]) => ({ out: w.constant("eye", [w.size(a.dim)]), letters: [at(a), at(b)] })),
  ];
  // An index that no factor has is one of ones.
  const covered = new Set(operands.flatMap((o) => o.letters));
  for (const index of [...form.free, ...term.summed])
    if (!covered.has(at(index))) operands.push({ out: w.constant("ones", [w.size(index.dim)]), letters: [at(index)] });
  const to = form.free.map(at).join("");
  const call = `${w.np}.einsum("${operands.map((o) => o.letters.join("")).join(",")}->${to}", ${operands.map((o) => o.out).join(", ")})`;
  const scalars = front(term, w);
  const [first = "", ...rest] = scalars;
  const head =
    first === "-1" ? (rest.length > 0 ? `-${rest.join(" * ")} * ` : "-") : scalars.map((x) => `${x} * `).join("");
  return `${head}${call}`;
}
