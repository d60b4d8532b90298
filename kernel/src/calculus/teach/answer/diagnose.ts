/** From a wrong answer to its reason: relation, special case, named mistake. */
import type { Expr } from "../../core/expr.js";
import { isScalar, sameShape } from "../../core/shape.js";
import type { Mutant } from "../mutations/define.js";
import { mutantsOf } from "../mutations/mutants.js";
import { relationOf } from "../relation.js";
import type { Relation } from "../verdict.js";
import { type Besides, besides, type Sample, samplesOf } from "./samples.js";
import { conditionFor } from "./special.js";
import { otherLayout, type Target } from "./target.js";

export interface Diagnosis {
  readonly code: string;
  /** A clause without a full stop. */
  readonly message: string;
  readonly score: number;
  readonly relation?: Relation;
  readonly at?: Expr | undefined;
  readonly mistakes: readonly string[];
}

/** Partial credit: how much of the way is right. */
export const SCORE = {
  right: 1,
  otherLayout: 1,
  otherLayoutStrict: 0.5,
  factor: 0.8,
  special: 0.7,
  mistake: 0.6,
  mistakeAndFactor: 0.5,
  shapeOnly: 0.2,
  wrongShape: 0.1,
  unread: 0,
} as const;

/** What was to be differentiated, as the notebook wrote it, and by what. */
export interface Problem {
  readonly f: Expr;
  readonly wrt: readonly Expr[];
}

/** The likeliest reason of a wrong answer; undefined where none is known. */
export function diagnose(answer: Expr, target: Target, problem: Problem): Diagnosis | undefined {
  const fits = sameShape(answer.shape, target.here.shape);
  const relation = fits ? relationOf(answer, target.here, [], target.by) : turnedRelation(answer, target);
  if (relation?.kind === "factor") return factor(relation);
  const special = fits ? conditionFor(answer, target) : undefined;
  if (special && !special.startsWith(`${target.by.attrs.name}`)) return specialCase(special);
  const named = namedMistake(samplesOf(answer, target), target, problem);
  if (named) return named;
  return special ? specialCase(special) : undefined;
}

const turnedRelation = (answer: Expr, { there, by }: Target): Relation | undefined => {
  if (!there || !sameShape(answer.shape, there.shape)) return undefined;
  const relation = relationOf(answer, there, [], by);
  return relation?.kind === "factor" ? { ...relation, transposed: true } : undefined;
};

/** In words: what is to be done to the answer. */
const FACTOR_WORDS: Readonly<Record<string, string>> = {
  "-1": "the sign is wrong",
  "1/2": "the factor 2 is missing",
  "2": "a factor 2 too many",
  "1/3": "the factor 3 is missing",
  "1/4": "the factor 4 is missing",
  "-1/2": "the factor −2 is missing",
};

function factor(relation: Extract<Relation, { kind: "factor" }>): Diagnosis {
  const { factor: k, transposed } = relation;
  const size = /^[A-Za-z]\w*$/.exec(k) ? `a factor ${k} too many (a sum where a mean is meant?)` : undefined;
  const inverse = /^1\/([A-Za-z]\w*)$/.exec(k);
  const words =
    FACTOR_WORDS[k] ?? size ?? (inverse ? `the factor ${inverse[1]} is missing` : `it is ${k} times the derivative`);
  return {
    code: k === "-1" ? "sign" : "factor",
    message: `right up to a factor: ${words}${transposed ? ", and it is the transpose" : ""}`,
    score: SCORE.factor,
    relation,
    mistakes: [],
  };
}

const specialCase = (condition: string): Diagnosis => ({
  code: "special_case",
  message: `right only when ${condition}, and nothing says so`,
  score: SCORE.special,
  relation: { kind: "special", condition },
  mistakes: [],
});

/**
 * The mutants that give these numbers; an exact one is better than one with a factor or a transpose besides. A mistake
 * in a rule explains more than one in reading, and an edit of the last line explains nothing that these do not.
 */
export function namedMistake(samples: readonly Sample[], target: Target, problem: Problem): Diagnosis | undefined {
  const exact: Mutant[] = [];
  let near: { mutant: Mutant; also: Besides } | undefined;
  for (const mutant of mutantsFor(target, problem)) {
    const also = besides(mutant, samples, target);
    if (!also) continue;
    if (exact[0] && exact[0].level !== mutant.level) break;
    if (also.factor === 1 && !also.transposed) exact.push(mutant);
    else if (!near || cost(also) < cost(near.also)) near = { mutant, also };
  }
  const named = exact[0] ?? near?.mutant;
  if (!named || (exact.length === 0 && isScalar(target.here.shape))) return undefined;
  const words = exact.length === 0 && near ? inWords(near.also) : "";
  return {
    code: named.code,
    message: `${named.says}${words}`,
    score: words ? SCORE.mistakeAndFactor : SCORE.mistake,
    at: named.at,
    mistakes: exact.length > 0 ? [...new Set(exact.map((m) => m.code))] : [named.code],
  };
}

/** Every wrong answer that the problem can lead to. */
export function mutantsFor(target: Target, { f, wrt }: Problem): Iterable<Mutant> {
  const { here, there, layout } = target;
  const answers = [{ expr: here, layout }, ...(there ? [{ expr: there, layout: otherLayout(layout) }] : [])];
  return mutantsOf(target.of, target.by, { f, wrt }, answers);
}

const cost = ({ factor, transposed }: Besides): number => (factor === 1 ? 0 : 2) + (transposed ? 1 : 0);

function inWords({ factor, transposed }: Besides): string {
  const said = [
    ...(factor === 1 ? [] : [FACTOR_WORDS[factor === 0.5 ? "1/2" : String(factor)]]),
    ...(transposed ? ["it is the transpose"] : []),
  ];
  return said.length > 0 ? `; besides, ${said.join(" and ")}` : "";
}
