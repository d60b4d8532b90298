/** "What is its shape?" and "Write it in the other layout." */

import { NablaError } from "../../core/errors.js";
import { topological } from "../../core/expr.js";
import { type Dim, dim, isScalar, type Shape, sameDim, showShape } from "../../core/shape.js";
import { otherLayout, readAnswer } from "../answer/target.js";
import { judgeAnswer } from "../checkAnswer.js";
import { type Maker, type QuestionVerdict, verdict } from "./define.js";
import { say } from "./say.js";

/** The shape of the derivative, or of a part of the answer. */
export const shapeQuestion: Maker = ({ target, rng }) => {
  const parts = topological(target.here).filter((e) => e.op !== "symbol" && !isScalar(e.shape) && e !== target.here);
  const ofPart = parts.length > 0 && rng.next() < 0.4;
  const e = ofPart ? parts[rng.integer(0, parts.length - 1)]! : target.here;
  const prompt = ofPart
    ? say`In the derivative of ${target.of} by ${target.by} stands ${e}. What is its shape?`
    : say`What is the shape of the derivative of ${target.of} by ${target.by} in ${target.layout} layout?`;
  return {
    kind: "shape",
    prompt,
    choices: [],
    hints: ofPart
      ? [say`A product has the rows of its first factor and the columns of its last.`]
      : [
          say`${target.of} is ${showShape(target.of.shape)}, ${target.by} is ${showShape(target.by.shape)}.`,
          target.layout === "denominator"
            ? say`In denominator layout a gradient has the shape of its variable, and a Jacobian is transposed.`
            : say`In numerator layout the rows are the outputs.`,
        ],
    judge: (answer) => judgeShape(answer, e.shape, ofPart ? undefined : otherLayout(target.layout)),
    reveal: () => say`${showShape(e.shape)}`,
  };
};

function judgeShape(answer: string, wanted: Shape, turnedLayout: string | undefined): QuestionVerdict {
  const given = shapeIn(answer);
  if (!given) return verdict(false, "write a shape as m×n, or scalar", { code: "syntax" });
  const [rows, cols] = given;
  if (sameDim(rows, wanted.rows) && sameDim(cols, wanted.cols)) return verdict(true, "right");
  if (!sameDim(rows, wanted.cols) || !sameDim(cols, wanted.rows)) return verdict(false, "this is not its shape");
  const why = turnedLayout ? `: that is ${turnedLayout} layout` : "";
  return verdict(false, `rows and columns are exchanged${why}`, { code: "transposed", score: 0.5 });
}

function shapeIn(answer: string): [Dim, Dim] | undefined {
  const words = answer
    .trim()
    .replace(/^[([]|[)\]]$/g, "")
    .split(/\s*[×,]\s*|\s+(?:x|by)\s+/u);
  if (words.length === 1 && /^scalar$/i.test(words[0]!)) return [dim(1), dim(1)];
  if (words.length === 1 && /^\w+$/.test(words[0]!)) return [dimOf(words[0]!), dim(1)];
  return words.length === 2 && words.every((w) => /^[\w*·]+$/.test(w))
    ? [dimOf(words[0]!), dimOf(words[1]!)]
    : undefined;
}

const dimOf = (word: string): Dim => (/^\d+$/.test(word) ? dim(Number(word)) : dim(word.replaceAll("·", "*")));

/** From one layout into the other. */
export const layoutQuestion: Maker = ({ derivation, target, scope }) => {
  const { here, there, layout } = target;
  if (!there) return undefined;
  const turned = { ...target, here: there, there: here, layout: otherLayout(layout) };
  return {
    kind: "layout",
    prompt: say`In ${layout} layout the derivative of ${target.of} by ${target.by} is ${here}. Write it in ${turned.layout} layout.`,
    choices: [],
    hints: [
      say`The two layouts are transposes of each other.`,
      say`(A B)' = B' A': the factors change their order. It has the shape ${showShape(there.shape)}.`,
    ],
    judge: (answer) =>
      judgeText(answer, (text) => {
        const { ok, score, code, message } = judgeAnswer(
          readAnswer(text, derivation, scope, turned).expr,
          turned,
          derivation,
          {},
        );
        if (code === "other_layout") return verdict(false, `this is still ${layout} layout: transpose it`, { code });
        return { ok, score, code, message };
      }),
    reveal: () => say`${there}`,
  };
};

/** A verdict on text; what cannot be read is said with its column. */
export function judgeText(answer: string, judge: (text: string) => QuestionVerdict): QuestionVerdict {
  try {
    return judge(answer);
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const column = error.span ? ` (column ${error.span[0] + 1})` : "";
    return verdict(false, `${error.message}${column}`, { code: error.code });
  }
}
