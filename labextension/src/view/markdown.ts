/** One line of Markdown as the engine writes it: $math$, **strong**, *emphasis*, `code`. Builds nodes, never HTML. */
import { inlinePieces, type Piece } from "nabla/display";
import { typesetClauses } from "./clauses.js";
import { el } from "./dom.js";
import type { Typeset } from "./typeset.js";

export function markdownLine(text: string, typeset: Typeset): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const nodes = (piece: Piece): (Node | string)[] => {
    switch (piece.kind) {
      case "text":
        return [piece.text];
      case "math":
        return piece.display ? [typeset(piece.text, { display: true })] : typesetClauses(piece.text, typeset);
      case "code":
        return [el("code", {}, piece.text)];
      case "strong":
        return [el("strong", {}, ...piece.pieces.flatMap(nodes))];
      case "emphasis":
        return [el("em", {}, ...piece.pieces.flatMap(nodes))];
    }
  };
  fragment.append(...inlinePieces(text).flatMap(nodes));
  return fragment;
}
