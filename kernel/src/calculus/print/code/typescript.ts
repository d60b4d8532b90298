/** TypeScript programs without dependencies: numbers, vectors and matrices as nested arrays. */
import type { Expr } from "../../core/expr.js";
import { axes, isMatrix, isRow, isScalar } from "../../core/shape.js";
import type { Writer } from "../../ops/code/define.js";
import { call, type Fragment, LEVEL, type Level } from "../../ops/fragment.js";
import type { Spelling } from "./body.js";
import { loopEntry } from "./indexTerms.js";
import type { Output, Plan } from "./plan.js";
import { oneLine, type Program, type ProgramFunction, program, titleOf } from "./program.js";
import { sizeLines } from "./sizeLine.js";
import { codeOf } from "./stableOps.js";
import { typescriptHelpers } from "./typescriptHelpers.js";

export function typescriptProgram(plan: Plan): string {
  const made = program(plan, { target: "typescript", functionName: camelName, spelling: () => SPELLING });
  const head = [
    "/**",
    ` * ${titleOf(made)}, for TypeScript.`,
    ...plan.notes.map((n) => ` * ${oneLine(n)}`),
    " * A vector, column or row, is an array of numbers; a matrix is an array of its rows.",
    " */",
  ].join("\n");
  return `${[head, ...typescriptHelpers(made.helpers), ...made.functions.map((f) => functionText(f, made))].join("\n\n")}\n`;
}

/** f, gradF, valueAndGradF. */
function camelName(name: string, outputs: readonly Output[]): string {
  const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
  const roles = outputs.map((o) => o.role);
  if (roles.length === 1) return roles[0] === "value" ? name : `${roles[0]}${capital(name)}`;
  const last = roles[roles.length - 1]!;
  const [first, ...middle] = roles.slice(0, -1) as [string, ...string[]];
  return `${first}${middle.map(capital).join("")}And${capital(last)}${capital(name)}`;
}

const SPELLING: Spelling = {
  hoists: true,
  write: (w, named) => {
    const code = codeOf(w.self);
    return code.entrywise && !isScalar(w.self.shape) ? loop(w, named) : code.typescript(w);
  },
  index: (form, w) => {
    const entry = loopEntry(form, w, {
      entry: (array, at) => `${array}${at.map((i) => `[${i}]!`).join("")}`,
      delta: (a, b) => `Number(${a} === ${b})`,
      sum: (body, index, size) => call(w.helper("sumOver"), size, `(${index}) => ${body}`).out,
    });
    const loops = form.free.map((_, n) => `${"ijklpqgh"[n]}_`).join(", ");
    return call(w.helper("tensor"), `[${form.free.map((i) => w.size(i.dim)).join(", ")}]`, `(${loops}) => ${entry}`)
      .out;
  },
};

/** A formula of numbers over the entries of the arrays in it: each((z, y) => …, z, y). */
function loop(w: Writer, named: (e: Expr) => boolean): Fragment {
  const leaves = new Map<string, string>();
  const leaf = (e: Expr): Fragment => {
    const { out } = w.fragment(e);
    // Names of a program start with a letter: _1 is free.
    if (!leaves.has(out)) leaves.set(out, /^\w+$/.test(out) ? out : `_${leaves.size + 1}`);
    return { out: leaves.get(out)!, level: LEVEL.atom };
  };
  const formula = (e: Expr): Fragment => {
    if (isScalar(e.shape)) return w.fragment(e);
    if (named(e)) return leaf(e);
    if (e.op === "ones") return { out: "1", level: LEVEL.atom };
    if (e.op === "zeros") return { out: "0", level: LEVEL.atom };
    if (e.op === "transpose" && !isMatrix(e.shape)) return formula(e.args[0]!);
    const code = codeOf(e);
    return code.entrywise ? code.typescript(writer(e)) : leaf(e);
  };
  const print = (e: Expr, min: Level = LEVEL.sum): string => {
    const { out, level } = formula(e);
    return level < min ? `(${out})` : out;
  };
  const writer = (self: Expr): Writer => ({
    ...w,
    self,
    fragment: formula,
    print,
    arg: (i, min) => print(self.args[i]!, min),
  });
  const { out } = codeOf(w.self).typescript(writer(w.self));
  if (leaves.size === 0) {
    const sizes = axes(w.self.shape).map((d) => w.size(d));
    return call(w.helper(sizes.length === 2 ? "filledMatrix" : "filledVector"), out, ...sizes);
  }
  const parameters = [...leaves.values()].join(", ");
  // each(Math.exp, z), without a function around the function.
  const [, bare] = /^([\w.]+)\((\w+)\)$/.exec(out) ?? [];
  const f = bare !== undefined && out === `${bare}(${parameters})` ? bare : `(${parameters}) => ${out}`;
  return call(w.helper("each"), f, ...leaves.keys());
}

const typeOf = (e: Expr): string => ["number", "Vector", "Matrix"][axes(e.shape).length]!;

const resultType = ({ form }: Output): string =>
  form.kind === "matrix" ? typeOf(form.expr) : `${"number"}${form.index.free.map(() => "[]").join("")}`;

function functionText(f: ProgramFunction, made: Program): string {
  const given = f.given.map((g) => `${g.name}: ${givenType(g.about)}`);
  const parameters = [
    ...made.inputs.map((i) => `${i.name}: ${typeOf(i.symbol)}`),
    ...given,
    ...f.asked.map((n) => `${n}: number`),
  ].join(", ");
  const types = f.outputs.map(resultType);
  const one = f.outputs.length === 1;
  const lines = [
    ...sizeLines(
      f,
      made,
      (name, input, axis) => (axis === 1 && !isRow(input.shape) ? `${name}[0]!.length` : `${name}.length`),
      (axis, by) => `${axis} / (${by})`,
    ),
    ...f.body.lines,
  ].map(({ name, text }) => `const ${name} = ${text};`);
  return [
    "/**",
    ...f.outputs.map((o) => ` * ${oneLine(o.about)}.`),
    ...made.inputs.map((i) => ` * @param ${i.name} ${i.shape}${i.remark === "" ? "" : `; ${i.remark}`}`),
    ...f.given.map((g) => ` * @param ${g.name} ${g.about}`),
    ...f.asked.map((n) => ` * @param ${n} a size, that no argument tells`),
    " */",
    `export function ${f.name}(${parameters}): ${one ? types[0] : `[${types.join(", ")}]`} {`,
    ...lines.map((line) => `  ${line}`),
    `  return ${one ? f.body.results[0] : `[${f.body.results.join(", ")}]`};`,
    "}",
  ].join("\n");
}

/** An elementwise function takes a number; the others take what they are applied to. */
const givenType = (about: string): string => {
  if (about.endsWith("entry by entry")) return "(z: number) => number";
  if (about.startsWith("scalar function")) return "(y: any) => number";
  return about.startsWith("gradient") ? "<T>(y: T) => T" : "(y: Vector) => Matrix";
};
