/** What `check` found, as a value of a notebook: the sentence, line by line, how the text was read, hints to open. */
import type { AnswerResult, DerivationResult, LineResult, NumbersResult, StatementResult } from "../calculus/index.js";
import type { Bundle } from "../display/index.js";
import { escaped } from "./markdownText.js";

type Result = AnswerResult | DerivationResult | NumbersResult | StatementResult;

export type CheckView = Result & { toString(): string };

export function checkView(result: Result): CheckView {
  const mark = result.ok ? "✓" : "✗";
  const lines = result.kind === "derivation" ? result.lines : [];
  const plain = [
    `${mark} ${result.message}`,
    ...lines.map((l) => `  ${l.ok ? "✓" : "✗"} ${l.number}. ${l.text}   ${said(l)}`),
    ...result.notes.map((n) => `(${n})`),
    ...result.hints.map((h, i) => `hint ${i + 1}: ${h}`),
  ];
  return Object.freeze({
    ...result,
    toString: () => plain.join("\n"),
    [Symbol.for("Jupyter.display")]: (): Bundle => ({
      "text/markdown": markdown(result, mark, lines),
      "text/plain": plain.join("\n"),
    }),
  });
}

/** What a line is told: its verdict, and what it passes over. */
function said({ message, skips }: LineResult): string {
  const passed = skips.length > 0 ? `; skips ${skips.join("; ")}` : "";
  return `${message}${passed}`;
}

function markdown({ message, notes, hints }: Result, mark: string, lines: readonly LineResult[]): string {
  const table = lines.map(
    (l) => `| ${l.number} | ${l.ok ? "✓" : "✗"} | ${escaped(l.text.replace(/\s+/g, " "))} | ${escaped(said(l))} |`,
  );
  const folded = hints.map((h, i) => `<details><summary>hint ${i + 1}</summary>\n\n${escaped(h)}\n\n</details>`);
  return [
    `**${mark}** ${escaped(message)}`,
    table.length > 0 ? ["| | | line | |", "|-|-|-|-|", ...table].join("\n") : "",
    notes.map((n) => `- ${escaped(n)}`).join("\n"),
    folded.join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}
