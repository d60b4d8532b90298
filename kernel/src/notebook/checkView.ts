/** What `check` found, as a value of a notebook: the sentence, how the text was read, hints to open one by one. */
import type { AnswerResult, StatementResult } from "../calculus/index.js";
import type { Bundle } from "../display/index.js";

type Result = AnswerResult | StatementResult;

export type CheckView = Result & { toString(): string };

export function checkView(result: Result): CheckView {
  const mark = result.ok ? "✓" : "✗";
  const plain = [
    `${mark} ${result.message}`,
    ...result.notes.map((n) => `(${n})`),
    ...result.hints.map((h, i) => `hint ${i + 1}: ${h}`),
  ];
  return Object.freeze({
    ...result,
    toString: () => plain.join("\n"),
    [Symbol.for("Jupyter.display")]: (): Bundle => ({
      "text/markdown": markdown(result, mark),
      "text/plain": plain.join("\n"),
    }),
  });
}

/** Characters that Markdown would read. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|$]/g, "\\$&");

function markdown({ message, notes, hints }: Result, mark: string): string {
  const folded = hints.map((h, i) => `<details><summary>hint ${i + 1}</summary>\n\n${escaped(h)}\n\n</details>`);
  return [`**${mark}** ${escaped(message)}`, notes.map((n) => `- ${escaped(n)}`).join("\n"), folded.join("\n")]
    .filter(Boolean)
    .join("\n\n");
}
