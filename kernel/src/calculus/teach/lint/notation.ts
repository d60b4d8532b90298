/** Signs with two meanings, in one document or between several. */

import type { Finding } from "./checks.js";
import type { Formula } from "./formulas.js";
import { spelling } from "./spelling.js";

export interface Signs {
  /** Signs of the elementwise product, ⊙ and ∘. */
  readonly hadamard: ReadonlySet<string>;
  /** What ⊗ stands for, and the line. */
  readonly otimes: ReadonlyMap<"Kronecker" | "elementwise", number>;
}

export function signsOf(formulas: readonly Formula[], lines: readonly string[]): Signs {
  const hadamard = new Set<string>();
  const otimes = new Map<"Kronecker" | "elementwise", number>();
  lines.forEach((text, i) => {
    if (/\\odot|⊙/.test(text)) hadamard.add("⊙");
    if (/\\circ(?![a-z])|∘/.test(text)) hadamard.add("∘");
    if (!/\\otimes|⊗/.test(text)) return;
    // Inside diag[…] the operands are numbers: no Kronecker product can be meant.
    const kind = /diag\[[^\]]*otimes/.test(spelling(text)) ? "elementwise" : "Kronecker";
    if (!otimes.has(kind)) otimes.set(kind, i + 1);
  });
  if (formulas.length === 0) hadamard.clear();
  return { hadamard, otimes };
}

export interface Named {
  readonly name: string;
  readonly signs: Signs;
}

/** What the same sign means, or which signs mean the same, across documents. */
export function notationConflicts(documents: readonly Named[]): Finding[] {
  const uses = (sign: string): string[] => documents.filter((d) => d.signs.hadamard.has(sign)).map((d) => d.name);
  const [circ, odot] = [uses("∘"), uses("⊙")];
  const kinds = (["Kronecker", "elementwise"] as const).map((kind) => ({
    kind,
    names: documents.filter((d) => d.signs.otimes.has(kind)).map((d) => d.name),
  }));
  return [
    ...(circ.length > 0 && odot.length > 0
      ? [conflict(`the elementwise product is ∘ in ${circ.join(", ")} and ⊙ in ${odot.join(", ")}`)]
      : []),
    ...(kinds.every((k) => k.names.length > 0)
      ? [
          conflict(
            `⊗ is the Kronecker product in ${kinds[0]!.names.join(", ")} and elementwise in ${kinds[1]!.names.join(", ")}`,
          ),
        ]
      : []),
  ];
}

const conflict = (message: string): Finding => ({ code: "notation", line: 0, message });
