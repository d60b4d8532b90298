/**
 * `nabla/display`: what the labextension draws by the same rules as the outputs of a cell. Only what a page needs: the
 * picture encoder and the forms of the other MIME types stay out of its bundle.
 */
export { cellColour, colourLimit, hex, type Rgb, textColour } from "./colour.js";
export { boxTitle, choosePage, resultsInOrder } from "./derivation/page.js";
export { inlinePieces, inlineText, type Piece } from "./inline.js";
export { latexToText } from "./latexText/index.js";
export { noteWords } from "./note.js";
export { type Digits, entryName, formatNumber } from "./number.js";
export { type Parts, parts } from "./parts.js";
export { traceLatex } from "./traceLatex.js";
