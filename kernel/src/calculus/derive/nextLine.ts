/** The next line of a page of differentials, in the order in which a person writes them. */
import type { Expr } from "../core/expr.js";
import type { Let } from "../core/step.js";
import { expandLine, type LineMove } from "./expandLine.js";
import { cancelMove, shiftAndExpand, sigmoidAndShift, substituteChain } from "./lineMoves.js";
import { type LineState, openDifferentials } from "./lineState.js";
import { dotProduct, normSquared } from "./normSquared.js";
import { stageCollect, stageFacts } from "./stage.js";

export interface Next {
  readonly move: LineMove;
  /** Names after the line. */
  readonly lets: readonly Let[];
  /** A declared fact is used. */
  readonly fact?: true;
}

/** The next line while differentials are open, and the order that they are to have. */
export function nextMove(state: LineState, header: readonly Let[]): Next | undefined {
  const norm = normSquared(state);
  if (norm) return { move: norm.move, lets: [...state.lets, ...norm.lets] };
  const expand = (): LineMove | undefined => {
    const expanded = openDifferentials(state).length > 0 ? expandLine(state) : undefined;
    return expanded && (substituteChain(state, expanded, header) ?? expanded);
  };
  const move = dotProduct(state) ?? shiftAndExpand(state) ?? expand() ?? sigmoidAndShift(state) ?? cancelMove(state);
  return move && { move, lets: state.lets };
}

/** The last stage of a number: its gradient by a named part, and a declared fact about it. */
export function staged(state: LineState, f: Expr): Next | undefined {
  const stage = stageCollect(state, f);
  if (stage) return { move: stage, lets: state.lets };
  const fact = stageFacts(state);
  return fact && { move: fact, lets: state.lets, fact: true };
}
