/** The types of symbols("…"), compiled by the version of TypeScript that notebooks use. */
import { createRequire } from "node:module";
import path from "node:path";
import type TypeScript from "typescript";
import { expect, test } from "vitest";

const kernel = createRequire(path.resolve(import.meta.dirname, "../../../kernel/package.json"));
const ts: typeof TypeScript = kernel("@tslab/typescript-for-tslab");
const types = path.resolve(import.meta.dirname, "../../../kernel/src/calculus/text/symbolTypes.ts");

function messages(body: string): string[] {
  const file = path.join(import.meta.dirname, "virtual.mts");
  const source = `import type { SymbolNames, SymbolsOf } from "${types.replace(/\.ts$/, ".js")}";
    declare function symbols<const T extends string>(text: T): SymbolsOf<T, number>;\n${body}`;
  const options: TypeScript.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === file ? ts.createSourceFile(name, source, version) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([file], options, host);
  const found = program.getSemanticDiagnostics(program.getSourceFile(file));
  return found.map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n"));
}

test("the declared names are properties, under the letter written and the name kept", () => {
  expect(ts.version).toBe("5.0.4");
  expect(
    messages(`
      const { W, x, b } = symbols("W: m×n, x: n; b: m");
      const { U, s, lambda, λ, W1 } = symbols("U: [m, n] symmetric\\n s, λ: scalar, W₁: m×n");
      const all: number[] = [W, x, b, U, s, lambda, λ, W1];
      const exactly: SymbolNames<"W: [m, n], x: n, L: scalar of k, σ: elementwise"> = "W" as "W" | "x";
      const any: SymbolsOf<string, number> = {}; any.whatever;
    `),
  ).toEqual([]);
}, 60_000);

test("a misspelt name is a compile error", () => {
  const found = messages(
    `const { w } = symbols("W: m×n, x: n"); const { n } = symbols("U: [m, n]"); const { L } = symbols("L: scalar of k");`,
  );
  expect(found.map((m) => /Property '(\w+)' does not exist/.exec(m)?.[1])).toEqual(["w", "n", "L"]);
}, 60_000);
