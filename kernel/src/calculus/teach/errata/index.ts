/** All known slips of the notes. */
import type { NamedErratum } from "../verdict.js";
import type { Slip } from "./define.js";
import { derivativeSlips } from "./derivatives.js";
import { identitySlips } from "./identities.js";
import { remarkSlips } from "./remarks.js";

export const SLIPS: readonly Slip[] = Object.freeze([...derivativeSlips, ...identitySlips, ...remarkSlips]);

export const named = ({ id, document, where, printed, correct, why }: Slip): NamedErratum => ({
  id,
  source: `${document}, ${where}`,
  printed,
  correct,
  why,
});

/** "the notes print inv(X)' here (002, §2); it is inv(X): …". */
export const saySlip = (e: NamedErratum): string =>
  `the notes print ${e.printed} here (${e.source}); it is ${e.correct}. ${e.why}`;
