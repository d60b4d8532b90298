/** Pieces of text that all Python programs have. */

export const decorator = (fixed: readonly string[]): string =>
  fixed.length === 0
    ? "@jax.jit"
    : `@functools.partial(jax.jit, static_argnames=(${fixed.map((n) => `"${n}"`).join(", ")},))`;

export const docstring = (indent: string, lines: readonly string[]): string => {
  const text = lines.map((line) => (line === "" ? "" : `${indent}${line}`));
  return lines.length === 1
    ? `${indent}"""${lines[0]}"""`
    : `${indent}"""${text[0]!.slice(indent.length)}\n${text.slice(1).join("\n")}\n${indent}"""`;
};
