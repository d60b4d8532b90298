/** From a wrong answer to its reason: relation, special case, named mistake. */
import type { Derivation } from "../../core/derivation.js";
import type { Expr } from "../../core/expr.js";
import { isScalar, sameShape } from "../../core/shape.js";
import type { Mutant } from "../mutations/define.js";
import { mutantsOf } from "../mutations/mutants.js";
import { relationOf } from "../relation.js";
import type { Relation } from "../verdict.js";
import { factorOver, samplesOf } from "./samples.js";
import { conditionFor } from "./special.js";
import type { Target } from "./target.js";

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

export function diagnose(answer: Expr, target: Target, derivation: Derivation): Diagnosis | undefined {
  const fits = sameShape(answer.shape, target.here.shape);
  const relation = fits ? relationOf(answer, target.here) : turnedRelation(answer, target);
  if (relation?.kind === "factor") return factor(relation);
  const special = fits ? conditionFor(answer, target) : undefined;
  if (special && !special.startsWith(`${target.by.attrs.name}`)) return specialCase(special);
  const named = mutation(answer, target, derivation);
  if (named) return named;
  return special ? specialCase(special) : undefined;
}

const turnedRelation = (answer: Expr, { there }: Target): Relation | undefined => {
  if (!there || !sameShape(answer.shape, there.shape)) return undefined;
  const relation = relationOf(answer, there);
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

/** The mutants that give this answer; an exact one is better than one with a factor besides. */
function mutation(answer: Expr, target: Target, derivation: Derivation): Diagnosis | undefined {
  const samples = samplesOf(answer, target);
  const { f, wrt } = derivation.problem;
  const exact: Mutant[] = [];
  let scaled: { mutant: Mutant; factor: number } | undefined;
  const answers = [target.here, ...(target.there ? [target.there] : [])];
  for (const mutant of mutantsOf(target.of, target.by, { f, wrt }, answers)) {
    const k = factorOver(mutant, samples, target);
    if (k === 1) exact.push(mutant);
    else if (k !== undefined) scaled ??= { mutant, factor: k };
  }
  if (exact.length > 0)
    return {
      code: exact[0]!.code,
      message: exact[0]!.says,
      score: SCORE.mistake,
      at: exact[0]!.at,
      mistakes: [...new Set(exact.map((m) => m.code))],
    };
  if (!scaled || isScalar(answer.shape)) return undefined;
  return {
    code: scaled.mutant.code,
    message: `${scaled.mutant.says}; besides, ${FACTOR_WORDS[String(scaled.factor) === "0.5" ? "1/2" : String(scaled.factor)]}`,
    score: SCORE.mistakeAndFactor,
    at: scaled.mutant.at,
    mistakes: [scaled.mutant.code],
  };
}
