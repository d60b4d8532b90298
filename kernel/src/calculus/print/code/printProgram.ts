/** A plan as a program in a language. */

import { juliaProgram } from "./julia.js";
import { octaveProgram } from "./octave.js";
import type { Plan } from "./plan.js";
import { type PythonOptions, pythonProgram } from "./python.js";
import type { CodeTarget } from "./targets.js";
import { typescriptProgram } from "./typescript.js";

export function printProgram(plan: Plan, target: CodeTarget, options: PythonOptions): string {
  switch (target) {
    case "numpy":
    case "jax":
    case "torch":
      return pythonProgram(plan, target, options);
    case "julia":
      return juliaProgram(plan);
    case "octave":
    case "matlab":
      return octaveProgram(plan, target);
    case "typescript":
      return typescriptProgram(plan);
  }
}
