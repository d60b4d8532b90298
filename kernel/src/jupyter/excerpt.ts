// The lines around a place, with the place underlined: what type errors, thrown errors and errors in an expression's text share.

/** Lines shown before and after. */
const AROUND = 2;
/** Characters of a line. */
const LONGEST_LINE = 400;

export const paint = {
  red: (text: string) => `\u001b[31m${text}\u001b[39m`,
  green: (text: string) => `\u001b[32m${text}\u001b[39m`,
  grey: (text: string) => `\u001b[90m${text}\u001b[39m`,
};

/**
 * @param line counted from 0
 * @param column counted from 0, in UTF-16 units
 * @param length of the place; at least one caret is drawn
 */
export function excerpt(source: string, line: number, column: number, length = 1): string {
  const lines = source.split("\n");
  const width = String(Math.min(lines.length, line + AROUND + 1)).length;
  const shown: string[] = [];
  for (let i = Math.max(0, line - AROUND); i <= Math.min(lines.length - 1, line + AROUND); i++) {
    const whole = lines[i] ?? "";
    // Of a very long line what is near the place.
    const start = whole.length > LONGEST_LINE ? Math.max(0, column - LONGEST_LINE / 2) : 0;
    const text = whole.slice(start, start + LONGEST_LINE);
    const mark = i === line ? paint.red(">") : " ";
    shown.push(`${mark} ${paint.grey(`${String(i + 1).padStart(width)} |`)} ${text}`);
    if (i === line) shown.push(`  ${paint.grey(`${" ".repeat(width)} |`)} ${caret(text, column - start, length)}`);
  }
  return shown.join("\n");
}

/** The line under `text`: tabs are kept so that the carets stand where the eye expects them. */
export function caret(text: string, column: number, length: number): string {
  const before = [...text.slice(0, column)].map((character) => (character === "\t" ? "\t" : " ")).join("");
  const place = [...text.slice(column, column + Math.max(1, length))].length;
  return before + paint.red("^".repeat(Math.max(1, place)));
}
