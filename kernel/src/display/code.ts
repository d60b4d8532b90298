/** A program as a cell shows it: a highlighted block, and the text itself elsewhere. */
import { type Bundle, MARKDOWN, TEXT } from "./bundle.js";

/** The language of a block, as Markdown knows it, where it is not the name of the target. */
const LANGUAGE: Readonly<Record<string, string>> = { numpy: "python", jax: "python", torch: "python" };

/** `codeBundle("def f(x):\n    return x", "numpy")` */
export const codeBundle = (text: string, target: string): Bundle => {
  // The fence is longer than any row of backticks inside.
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([row]) => row.length + 1)));
  return {
    [MARKDOWN]: `${fence}${LANGUAGE[target] ?? target}\n${text.trimEnd()}\n${fence}`,
    [TEXT]: text.trimEnd(),
  };
};
