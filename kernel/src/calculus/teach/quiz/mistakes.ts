/** "What went wrong here?": an answer with a mistake from the table of mutations, and sentences to choose from. */
import type { Expr } from "../../core/expr.js";
import type { Random } from "../../core/random.js";
import { sameShape } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import { simplify } from "../../simplify/rewrite.js";
import { mutantsFor } from "../answer/diagnose.js";
import type { Target } from "../answer/target.js";
import { surelyEqual } from "../compare.js";
import { readOff } from "../lines/linear.js";
import { safely } from "../lines/safely.js";
import type { Mutant } from "../mutations/define.js";
import { relationOf } from "../relation.js";
import { type Maker, type Material, verdict } from "./define.js";
import { choiceOf, letter, say } from "./say.js";

export interface WrongForm {
  readonly expr: Expr;
  readonly says: string;
}

const CHOICES = 4;
const MOST_TRIED = 40;

/** Wrong answers of the shape of the right one, different from it and from one another. */
export function wrongForms({ derivation, target, rng }: Material, count: number): WrongForm[] {
  const found: WrongForm[] = [];
  const all = shuffled([...mutantsFor(target, derivation.problem)], rng);
  // A slip in a rule teaches more than an edit of the last line.
  const mutants = [...all.filter((m) => m.level !== "last line"), ...all.filter((m) => m.level === "last line")];
  for (const mutant of mutants.slice(0, MOST_TRIED)) {
    if (found.length === count) break;
    const expr = safely(() => formOf(mutant, target));
    if (!expr || !sameShape(expr.shape, target.here.shape)) continue;
    const known = [target.here, ...(target.there ? [target.there] : []), ...found.map((f) => f.expr)];
    if (known.some((e) => sameShape(e.shape, expr.shape) && surelyEqual(e, expr, []))) continue;
    // A sign or factor of the whole has many causes.
    if (relationOf(expr, target.here, [], target.by)) continue;
    if (!found.some((f) => f.says === mutant.says)) found.push({ expr, says: mutant.says });
  }
  return found;
}

function formOf({ form }: Mutant, target: Target): Expr | undefined {
  if (form.kind === "differential") return readOff(form.dF, target);
  return target.there && form.layout !== target.layout ? simplify(b.transpose(form.expr)).expr : form.expr;
}

/** The mistake in an answer, among others that are not in it. */
export const mistakeQuestion: Maker = (material) => {
  const { target, rng } = material;
  const wrong = wrongForms(material, CHOICES);
  const [shown] = wrong;
  if (!shown || wrong.length < 2) return undefined;
  const options = shuffled(wrong, rng);
  const right = options.indexOf(shown);
  return {
    kind: "mistake",
    prompt: say`Somebody answers: the derivative of ${target.of} by ${target.by} is ${shown.expr} (${target.layout} layout). What went wrong?`,
    choices: options.map((o) => say`${o.says}`),
    hints: [say`Take the differential of ${target.of} line by line, and compare the terms.`],
    judge: (answer) => judgeChoice(answer, right, options.length, "this is not what went wrong"),
    reveal: () => say`${letter(right)}: ${shown.says}. The derivative is ${target.here}.`,
  };
};

export function judgeChoice(answer: string, right: number, count: number, otherwise: string) {
  const at = choiceOf(answer, count);
  if (at === undefined)
    return verdict(false, `answer with a letter from A to ${letter(count - 1)}`, { code: "syntax" });
  return at === right ? verdict(true, "right") : verdict(false, otherwise);
}

export function shuffled<T>(items: readonly T[], rng: Random): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.integer(0, i);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
