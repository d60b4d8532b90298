/** One line of Markdown as the engine writes it: $math$, **strong**, *emphasis*, `code`. Builds nodes, never HTML. */
import { inlinePieces, type Piece } from "nabla/display";
import { el } from "./dom.js";
import type { Typeset } from "./typeset.js";

export function markdownLine(text: string, typeset: Typeset): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const node = (piece: Piece): Node | string => {
    switch (piece.kind) {
      case "text":
        return piece.text;
      case "math":
        return typeset(piece.text, { display: piece.display });
      case "code":
        return el("code", {}, piece.text);
      case "strong":
        return el("strong", {}, ...piece.pieces.map(node));
      case "emphasis":
        return el("em", {}, ...piece.pieces.map(node));
    }
  };
  fragment.append(...inlinePieces(text).map(node));
  return fragment;
}
