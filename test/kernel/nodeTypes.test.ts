import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createCompiler } from "../../kernel/dist/jupyter/checker/compile.js";
import { completions, inspection } from "../../kernel/dist/jupyter/checker/describe.js";
import { importedFiles, readNodeTypes, withoutAllModules } from "../../kernel/dist/jupyter/checker/nodeTypes.js";
import { quietened } from "../../kernel/dist/jupyter/checker/quietened.js";

const types = readNodeTypes();

describe("what every cell needs of Node's types", () => {
  const files = new Set(types.globals);
  for (const file of files) {
    const text = withoutAllModules(quietened(readFileSync(file, "utf8")));
    for (const imported of importedFiles(file, text, types)) files.add(imported);
  }
  const names = [...files].map((file) => basename(file));

  test("is the files of the globals and what they import", () => {
    expect(names).toEqual(expect.arrayContaining(["globals.d.ts", "process.d.ts", "buffer.d.ts", "fs.d.ts"]));
  });

  test("is not the modules that nothing of it imports", () => {
    const others = ["http2", "https", "inspector.generated", "test", "zlib", "cluster", "repl", "v8"];
    expect(names.filter((name) => others.includes(name.replace(/\.d\.ts$/, "")))).toEqual([]);
  });
});

describe("once the full types are there", () => {
  const compiler = createCompiler();
  beforeAll(() => {
    while (!compiler.advance());
  });
  const compile = (code: string) => compiler.compile("", code, "1", false);

  test("every module of Node can be imported by both of its names", () => {
    const imports = Object.keys(types.modules).map((name, i) => `import * as m${i} from ${JSON.stringify(name)}`);
    expect(imports.length).toBeGreaterThan(100);
    expect(compile(imports.join("\n"))).toHaveProperty("compiled");
  });

  test.each([
    ["import { gzipSync } from 'zlib'; gzipSync('a').nothing", "Property 'nothing' does not exist on type 'Buffer"],
    [
      "import * as http2 from 'node:http2'; http2.connect(1)",
      "Argument of type 'number' is not assignable to parameter of type 'string | URL'.",
    ],
    ["process.nothing", "Property 'nothing' does not exist on type 'Process'."],
    ["(await fetch('x')).nothing", "Property 'nothing' does not exist on type 'Response'."],
    ["nothing", "Cannot find name 'nothing'."],
  ])("%s is refused", (code, why) => {
    expect(compile(code)).toHaveProperty("error.evalue", expect.stringContaining(why));
  });

  test.each([
    "import { parseEnv } from 'node:util'; parseEnv('a=b').a",
    "process.getBuiltinModule('fs').readFileSync('a')",
    "const answer: Response = await fetch('x'); const bytes: Buffer = Buffer.from('a'); new AbortController().signal",
    "crypto.subtle.digest('SHA-1', new Uint8Array(1)); performance.mark('a'); new URL('http://x').host",
  ])("%s is allowed", (code) => {
    expect(compile(code)).toHaveProperty("compiled");
  });

  test("completion of a module's name offers those that no cell has imported, and ours", () => {
    const offered = (typed: string) =>
      completions(compiler.converter(), "", `import {} from "${typed}"`, 16 + typed.length).matches.map(
        ({ name }) => name,
      );
    expect(offered("node:te")).toEqual(["node:test", "node:test/reporters"]);
    expect(offered("nab")).toEqual(["nabla", "nabla/display", "nabla/jupyter"]);
  });

  test.each([
    ["process.cwd", "current working directory"],
    ["[1].map", "*@param* `callbackfn` A function that accepts up to three arguments."],
    ["import { readFileSync } from 'fs'; readFileSync", "Returns the contents of the `path`."],
    ["[1].toSorted", "A copy that is sorted"],
    ["Math.PI", "ratio of the circumference of a circle"],
    ["new Map<string, number>().get", "Returns a specified element from the Map object"],
  ])("%s has its documentation", (code, documentation) => {
    expect(inspection(compiler.converter(), "", code, code.length - 1, 0)?.documentation).toContain(documentation);
  });
});
