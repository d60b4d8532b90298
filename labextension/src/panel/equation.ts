/** The equation of a step drawn: what it makes = its factors, each a figure with its numbers, signs between them. */
import type { EquationPiece, TraceStep } from "nabla";
import { latexToText } from "nabla/display";
import { shapeText } from "../trace/matrix.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import { numbersGrid } from "./numbers.js";
import type { Scene } from "./scene.js";
import { tensorFigure } from "./tensor.js";

export function equationView(scene: Scene, step: TraceStep, context: PanelContext): HTMLElement {
  const { trans } = context;
  const pieces = scene.study?.(step.id)?.equation[scene.layout];
  const [first, ...kept] = step.results;
  const given = step.id === scene.trace.steps[0]?.id;
  const results = given || !first ? step.results : [first];
  const drawn: HTMLElement[] = results.map((name) => tensorFigure(scene, name, context));
  if (pieces && !given) drawn.push(signOf("="), ...pieces.flatMap((piece) => pieceView(scene, piece, context)));
  else if (!given) drawn.push(...operands(scene, step, context));
  if (!given) drawn.push(...kept.map((name) => tensorFigure(scene, name, context, { caption: trans.__("kept:") })));
  return el(
    "div",
    {
      class: "jp-nabla-Equation",
      attrs: { role: "group", "aria-label": given ? trans.__("Given") : trans.__("Equation of %1", step.id) },
    },
    ...drawn,
  );
}

const signOf = (text: string): HTMLElement => el("span", { class: "jp-nabla-Equation-sign" }, text);

function pieceView(scene: Scene, piece: EquationPiece, context: PanelContext): HTMLElement[] {
  if ("sign" in piece) return piece.sign === "" ? [] : [signOf(latexToText(piece.sign))];
  if ("tensor" in piece) return [tensorFigure(scene, piece.tensor, context, { turned: piece.transposed })];
  const { trans } = context;
  const [rows, cols] = piece.shape;
  const name = latexToText(piece.latex);
  return [
    el(
      "figure",
      { class: "jp-nabla-Tensor jp-mod-own" },
      el(
        "figcaption",
        {},
        context.typeset(piece.latex),
        el("span", { class: "jp-nabla-Tensor-shape" }, shapeText(rows, cols)),
      ),
      numbersGrid(
        {
          label: trans.__("%1, %2 by %3", name, rows, cols),
          rows,
          cols,
          at: (row, col) => piece.data[row * cols + col]!,
          digits: scene.digits,
          cellLabel: (row, col, value) => trans.__("%1 row %2 column %3, %4", name, row + 1, col + 1, value),
        },
        context,
      ),
    ),
  ];
}

/** Without the engine's word on the step: what it reads, the upstream gradient first. */
function operands(scene: Scene, step: TraceStep, context: PanelContext): HTMLElement[] {
  const others = step.operands.filter((name) => name !== step.upstream && !step.results.includes(name));
  return [
    ...(step.upstream ? [tensorFigure(scene, step.upstream, context, { caption: context.trans.__("upstream") })] : []),
    ...others.map((name) => tensorFigure(scene, name, context)),
  ];
}
