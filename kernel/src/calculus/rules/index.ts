/** The explicit, ordered list of rewrite rules. */
import { arithmeticRules } from "./arithmetic.js";
import type { Rule } from "./define.js";
import { diagonalRules } from "./diagonal.js";
import { elementwiseRules } from "./elementwise.js";
import { factorRules } from "./factor.js";
import { factRules } from "./facts.js";
import { kroneckerRules } from "./kronecker.js";
import { productRules } from "./product.js";
import { traceRules } from "./trace.js";
import { transposeRules } from "./transpose.js";

export const RULES: readonly Rule[] = Object.freeze([
  ...transposeRules,
  ...factRules,
  ...elementwiseRules,
  ...productRules,
  ...kroneckerRules,
  ...traceRules,
  ...arithmeticRules,
  ...diagonalRules,
  ...factorRules,
]);
