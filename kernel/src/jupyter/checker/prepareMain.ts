// Run once when the kernelspec is written: makes what lets the checker start quickly (compilerSource.ts).
// The compiler first does the work of a typical first cell, so that the functions it needs are in the code cache.

import { hasCodeCache, writeCodeCache, writeMinified } from "./compilerSource.js";

/** Cells that use what first cells use: declarations, types, an await. */
const CELLS = [
  "import { display } from 'nabla/jupyter'\nlet a = 1; const b = [1, 2].map((x) => x + a)\nb",
  "interface P { x: number }\nfunction f(p: P): number { return p.x + a }\nclass K { v = f({ x: 2 }) }\nawait Promise.resolve(new K().v)",
  "console.log({ a }); for (const x of b) { a += x }",
];

if ((await writeMinified()) || !hasCodeCache()) {
  const { createCompiler } = await import("./compile.js");
  const { completions, inspection } = await import("./describe.js");
  const { isComplete } = await import("./isComplete.js");
  const compiler = createCompiler();
  let declarations = "";
  for (const [i, cell] of CELLS.entries()) {
    const result = compiler.compile(declarations, cell, String(i), false);
    if ("declarations" in result) declarations = result.declarations;
    completions(compiler.converter(), declarations, "b.ma", 4);
    inspection(compiler.converter(), declarations, "f", 1, 0);
    isComplete(cell);
  }
  writeCodeCache();
}
// The compiler's watchers would keep this process alive.
process.exit(0);
