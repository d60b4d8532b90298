/** The face of text/ for the rest of the engine. */
export { type Declared, type DeclareExtras, declare } from "./declare.js";
export { type Parsed, parse } from "./parse.js";
export {
  type Declarations,
  declarations,
  type FunctionKind,
  mergeScopes,
  NO_DECLARATIONS,
  withSymbol,
} from "./scope.js";
