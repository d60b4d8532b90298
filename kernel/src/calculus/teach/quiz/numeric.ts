/** Questions with numbers: one entry of the derivative at small numbers, and which expression a heatmap shows. */
import { type Dense, map } from "../../core/dense.js";
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isScalar } from "../../core/shape.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { goodPoint } from "../../verify/domain.js";
import { evaluate, type Point } from "../../verify/evaluate.js";
import { mutantsFor } from "../answer/diagnose.js";
import { mutantValue, same } from "../answer/samples.js";
import { hasStructure } from "../facts.js";
import { type Maker, type Material, type QuestionVerdict, verdict } from "./define.js";
import { judgeChoice, shuffled, wrongForms } from "./mistakes.js";
import { letter, say } from "./say.js";

/** Relative to the largest entry: three digits are enough. */
const TOLERANCE = 5e-3;
const TRIES = 20;

/** Numbers with one digit behind the point, where no fact forbids it. */
function pointFor({ target, rng }: Material): { point: Point; here: Dense } | undefined {
  for (let i = 0; i < TRIES; i++) {
    const { point } = goodPoint([target.of, target.here], [], rng.integer(1, 10_000));
    const symbols = topological(target.of, target.here).filter(isSymbol);
    const rounded = Object.fromEntries(
      symbols.map((s) => [
        nameOf(s),
        hasStructure(s) ? point.values[nameOf(s)]! : map(point.values[nameOf(s)]!, (x) => Math.round(2 * x) / 2 || 0.5),
      ]),
    );
    const at = { ...point, values: rounded };
    const here = valueAt(target.here, at);
    if (here && valueAt(target.of, at) && here.data.some((x) => x !== 0)) return { point: at, here };
  }
  return undefined;
}

function valueAt(e: Expr, point: Point): Dense | undefined {
  try {
    const value = evaluate(e, point);
    return value.data.every((x) => Number.isFinite(x) && Math.abs(x) < 1e6) ? value : undefined;
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}

const shown = (x: number): string => String(Number(x.toPrecision(4)));

const bindings = (point: Point): string =>
  Object.entries(point.values)
    .map(([name, { rows, cols, data }]) => {
      if (data.length === 1) return `${name} = ${shown(data[0]!)}`;
      const list = (k: number): string => `[${[...data.slice(k * cols, (k + 1) * cols)].map(shown).join(", ")}]`;
      if (cols === 1) return `${name} = [${[...data].map(shown).join(", ")}]`;
      return `${name} = [${Array.from({ length: rows }, (_, i) => list(i)).join(", ")}]`;
    })
    .join(", ");

/** One entry at numbers that are given. */
export const entryQuestion: Maker = (material) => {
  const { target, rng, derivation } = material;
  const made = pointFor(material);
  if (!made) return undefined;
  const { point, here } = made;
  const nonzero = [...here.data.keys()].filter((k) => here.data[k] !== 0);
  const k = nonzero[rng.integer(0, nonzero.length - 1)]!;
  const place = isScalar(target.here.shape)
    ? "the derivative"
    : `entry [${Math.floor(k / here.cols) + 1}, ${(k % here.cols) + 1}] of the derivative`;
  const wanted = here.data[k]!;
  return {
    kind: "entry",
    prompt: say`At ${bindings(point)}: what is ${place} of ${target.of} by ${target.by} (${target.layout} layout)?`,
    choices: [],
    hints: [say`Write the derivative as an expression first, then one entry of it.`, say`Three digits are enough.`],
    judge: (answer) => {
      const value = numberIn(answer);
      if (value === undefined) return verdict(false, "a number is asked for", { code: "syntax" });
      const scale = Math.abs(wanted);
      const near = (want: number): boolean => Math.abs(value - want) <= TOLERANCE * Math.max(scale, Math.abs(want));
      if (near(wanted)) return verdict(true, "right");
      return explained(near, k, { here, wanted, point, material: { ...material, derivation } });
    },
    reveal: () => say`${shown(wanted)}`,
  };
};

interface Wrong {
  readonly here: Dense;
  readonly wanted: number;
  readonly point: Point;
  readonly material: Material;
}

/** The transposed entry, a sign, a factor, or the entry of a mutant. */
function explained(
  near: (want: number) => boolean,
  k: number,
  { here, wanted, point, material }: Wrong,
): QuestionVerdict {
  const [i, j] = [Math.floor(k / here.cols), k % here.cols];
  const turned = j < here.rows && i < here.cols ? here.data[j * here.cols + i]! : undefined;
  if (turned !== undefined && i !== j && near(turned))
    return verdict(false, `this is entry [${j + 1}, ${i + 1}]: the other layout?`, { code: "transposed", score: 0.5 });
  if (near(-wanted)) return verdict(false, "the sign is wrong", { code: "sign", score: 0.5 });
  if (near(wanted / 2)) return verdict(false, "the factor 2 is missing", { code: "factor", score: 0.5 });
  if (near(wanted * 2)) return verdict(false, "a factor 2 too many", { code: "factor", score: 0.5 });
  const { target, derivation } = material;
  const sample = { point, known: new Map(), here, answer: here };
  for (const mutant of mutantsFor(target, derivation.problem)) {
    const value = mutantValue(mutant, sample, target);
    if (value && !same(value, here) && value.data.length === here.data.length && near(value.data[k]!))
      return verdict(false, `perhaps ${mutant.says}`, { code: mutant.code, score: 0.3 });
  }
  return verdict(false, "this is not the entry");
}

/** 1.5, -3/4, 2e-3; a decimal comma too. */
function numberIn(answer: string): number | undefined {
  const found = /^\s*([-−+]?\d*[.,]?\d+(?:e[-+]?\d+)?)(?:\s*\/\s*(\d+))?\s*$/i.exec(answer);
  if (!found) return undefined;
  const value = Number(found[1]!.replace("−", "-").replace(",", ".")) / Number(found[2] ?? 1);
  return Number.isFinite(value) ? value : undefined;
}

/** Which of four expressions these colours show. */
export const heatmapQuestion: Maker = (material) => {
  const { target, rng } = material;
  if (isScalar(target.here.shape)) return undefined;
  const made = pointFor(material);
  const wrong = made ? wrongForms(material, 3).filter(({ expr }) => tellsApart(expr, made)) : [];
  if (!made || wrong.length === 0) return undefined;
  const options = shuffled([target.here, ...wrong.map((w) => w.expr)], rng);
  const right = options.indexOf(target.here);
  return {
    kind: "heatmap",
    prompt: say`At ${bindings(made.point)} this heatmap is the derivative of ${target.of} by ${target.by} (${target.layout} layout). Which expression is it?`,
    choices: options.map((e) => say`${e}`),
    numbers: made.here,
    hints: [say`Compute one entry of every expression; the largest one is seen best.`],
    judge: (answer) => judgeChoice(answer, right, options.length, "this expression has other colours"),
    reveal: () => say`${letter(right)}: ${target.here}`,
  };
};

/** Colours tell two arrays apart that differ by a good part of the largest entry. */
const VISIBLE = 0.15;

function tellsApart(expr: Expr, { point, here }: { readonly point: Point; readonly here: Dense }): boolean {
  const value = valueAt(expr, point);
  if (!value || value.data.length !== here.data.length) return false;
  const scale = here.data.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  return here.data.some((x, i) => Math.abs(x - value.data[i]!) > VISIBLE * scale);
}
