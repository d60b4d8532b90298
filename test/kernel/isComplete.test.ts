import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

// What stands in braces after a dollar sign is the user's template, not ours.
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: see above
const SAMPLES: Record<"complete" | "incomplete" | "invalid", string[]> = {
  complete: [
    "1 + 1",
    "",
    "let a = 1;\n\n",
    "function f() {}",
    "const s = `a${1}b`",
    "const s = `a\nb`",
    "const s = `a ${`inner ${1}`} b`",
    "/* a\n b */",
    "let x // comment {",
    "// f =>",
    "const f = <T,>(x: T) => x",
    "const f = <T extends object>(x: T): T => x",
    "new Map<string, Array<number>>()",
    "@log class A {}",
    "class A { @log run() {} }",
    "a\n  .b()\n  .c()",
    "const r = /[/]{2}(/",
    "const r = /[/]{2}/ig",
    "do { a() } while (b)",
    "label: for (;;) { break label }",
    "async function* g() { yield 1 }",
    "[1, 2] as const",
    "x!",
    "'a\\\n b'",
    "if (a) {} else {}",
    "x satisfies Y",
    "await x",
    "#!/usr/bin/env node\n1",
  ],
  incomplete: [
    "function f() {",
    "const a = [1,",
    "f(",
    "if (a) {\n  b()",
    "1 +",
    "a ??",
    "a ? b :",
    "!",
    "a.",
    "a\n  .",
    "const a =",
    "const",
    "await",
    "const f = (x) =>",
    "const f = <T,>(x: T",
    "const s = `abc",
    "const s = `a${",
    "const s = `a${1}",
    "/* note",
    "@log",
    "@log()",
    "class A { @log",
    "new Map<string,",
    "type A =",
    "import",
    "import { a } from",
    "export",
    "try { a() }",
    "do { a() } while",
    "if (a)",
    "if (a) {} else",
    "switch (a) { case 1:",
    "'goes on \\",
    "return (",
  ],
  invalid: [
    "const = 5",
    "}",
    "a b c",
    "let 1x = 2",
    "f(]",
    "'abc",
    "const s = 'abc\n1",
    "/abc",
    "if a {",
    "for (x y) {}",
    "class 1 {}",
    "x => }",
    "const a = ;",
    "fn(a,,b)",
    "function () {}",
  ],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

test.each(Object.entries(SAMPLES))("%s", async (status, codes) => {
  const answers: string[] = [];
  for (const code of codes) answers.push((await kernel.request("is_complete_request", { code })).status);
  expect(codes.map((code, i) => [code, answers[i]])).toEqual(codes.map((code) => [code, status]));
});

test("the next line is indented after an opening bracket, and as the last one otherwise", async () => {
  const indent = async (code: string) => (await kernel.request("is_complete_request", { code })).indent;
  expect(await indent("  if (a) {")).toBe("    ");
  expect(await indent("{\n  f(a,")).toBe("  ");
});
