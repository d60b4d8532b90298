/**
 * The calculus engine: text → typed expression → derivative with steps → checked → printed. Everything here is pure
 * and runs in Node, in a browser and in a worker alike.
 */
export { type Answer, answer, type Failure, type Request } from "./answer.js";
export type { Derivation } from "./core/derivation.js";
export { type ErrorCode, NablaError } from "./core/errors.js";
export * from "./documents.js";
export { derive } from "./derive/derive.js";
export { plain } from "./print/plain.js";
export { derivationDocument } from "./document.js";
export { latex } from "./print/latex.js";
export { text } from "./print/text.js";
export { declare } from "./text/declare.js";
export { parse } from "./text/parse.js";
