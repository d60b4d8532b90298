/** The face of text/ for the rest of the engine. */
export { type Declared, type DeclareExtras, declare } from "./declare.js";
export { type Equation, parseEquation } from "./equation.js";
export { type Inferred, inferScope } from "./infer.js";
export { type Parsed, parse } from "./parse.js";
export { type Let, type Program, parseProgram } from "./program.js";
export {
  type Declarations,
  declarations,
  type FunctionKind,
  mergeScopes,
  NO_DECLARATIONS,
  withSymbol,
} from "./scope.js";
export type { SymbolNames, SymbolsOf } from "./symbolTypes.js";
