// The variable that a cell's trace was made from, read from the cell's text: `net` of `net.backprop(x)` in its last statement,
// over several lines and among comments. A network without a name (`network(…).backprop()`, `net.with(…).backprop()`) has none.

/** What is no code, or code whose inside says nothing: comments, strings, templates. */
const SKIPPED = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
const NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
const PATH = new RegExp(`${NAME}(?:\\s*[!?]?\\.\\s*${NAME}|!?\\[[\\w$]+\\])*\\s*!?\\s*$`, "u");
const ONE_NAME = new RegExp(`^${NAME}$`, "u");
const OPENING = "([{";
const CLOSING = ")]}";

export function shownVariable(code: string): string | undefined {
  const bare = code.replace(SKIPPED, (text) => (/^\/[/*]/.test(text) ? (text.includes("\n") ? "\n" : " ") : '""'));
  const statement = lastStatement(bare);
  const call = [...statement.matchAll(/\??\.\s*backprop\s*\(/g)].at(-1);
  if (call) return pathAtEnd(statement.slice(0, call.index));
  // `const t = net.backprop(x)` and then `t`: the trace has a name of its own.
  return ONE_NAME.test(statement) ? statement : undefined;
}

/** Statements end with `;`, or with a line that the next one does not go on: outside of brackets, and not before `.x`. */
function lastStatement(bare: string): string {
  let depth = 0;
  let start = 0;
  let last = "";
  const take = (end: number): void => {
    last = bare.slice(start, end).trim() || last;
    start = end + 1;
  };
  for (let i = 0; i < bare.length; i++) {
    const character = bare[i] ?? "";
    if (OPENING.includes(character)) depth++;
    else if (CLOSING.includes(character)) depth--;
    else if (depth > 0) continue;
    else if (character === ";") take(i);
    else if (character === "\n" && !/^\s*[.?]/.test(bare.slice(i)) && !/[.=(,]\s*$/.test(bare.slice(start, i))) take(i);
  }
  take(bare.length);
  return last;
}

/** The names and indices, `model.nets[0]`, at the end of `text`; what a call gave has no name. */
function pathAtEnd(text: string): string | undefined {
  const path = PATH.exec(text);
  if (!path || text.slice(0, path.index).trimEnd().endsWith(".")) return undefined;
  return path[0].replace(/[\s!?]/g, "");
}
