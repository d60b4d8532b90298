import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

// TypeScript as people write it in notebooks. The cells of a group run one after the other in one kernel, and see one another.

let kernel: Client;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nabla-cells-"));
  writeFileSync(
    join(folder, "model.ts"),
    "export class Model { constructor(public w: number) {} }\nexport type Shape = [number, number];\nexport const version = 1;",
  );
  writeFileSync(join(folder, "data.json"), '{"a": 1}');
  writeFileSync(join(folder, "child.cjs"), "console.log('forked'); process.send({ hi: 1 })");
  kernel = await startKernel({ cwd: folder });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

/** What a cell shows: its result, what it prints, or the first line of its error. */
async function outcome(code: string): Promise<string> {
  const { result, stdout, stderr, traceback } = await kernel.execute(code);
  const error = traceback.split("\n")[0] ?? "";
  return [stdout, stderr && `stderr: ${stderr}`, result?.["text/plain"] ?? "", error]
    .map((part) => part.trimEnd())
    .filter((part) => part !== "")
    .join("\n");
}

const TO_SORTED =
  "TS2345: Argument of type 'string' is not assignable to parameter of type '(a: number, b: number) => number'.";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates in the user's code
const GROUPS: Record<string, [code: string, shown: string][]> = {
  "classes, generics, enums, namespaces": [
    [
      "class Animal { constructor(protected name: string) {} speak() { return `${this.name} speaks` } }\nclass Dog extends Animal { #age = 3; static count = 0; get age() { return this.#age } speak() { Dog.count++; return super.speak() + '!' } }\nnew Dog('rex').speak()",
      "'rex speaks!'",
    ],
    ["[Dog.count, new Dog('a').age]", "[ 1, 3 ]"],
    [
      "abstract class Sh { abstract area(): number; static make() { return new Sq(2) } }\nclass Sq extends Sh { constructor(readonly s: number) { super() } area() { return this.s ** 2 } }\nSh.make().area()",
      "4",
    ],
    ["class Sb { static { console.log('static block') }; accessor z = 3 }\nnew Sb().z", "static block\n3"],
    ["function identity<T extends object>(value: T): T { return value }\nidentity({ a: 1 })", "{ a: 1 }"],
    ["enum Colour { Red, Green = 'g', Blue = 5 }\n[Colour.Red, Colour.Green, Colour[5]]", "[ 0, 'g', 'Blue' ]"],
    ["const enum Fast { A = 1, B = A << 2 }\nFast.B", "4"],
    ["Fast.A + Colour.Blue", "6"],
    [
      "namespace Geo { export const pi = 3; export namespace Inner { export const x = 1 }; export interface P { a: number } }\nconst p: Geo.P = { a: Geo.Inner.x }; p",
      "{ a: 1 }",
    ],
    ["function fn() { return fn.extra }\nnamespace fn { export let extra = 42 }\nfn()", "42"],
    [
      "interface Box { w: number }\ninterface Box { h: number }\nconst box: Box = { w: 1, h: 2 }; box",
      "{ w: 1, h: 2 }",
    ],
    ["class Merged { a = 1 }\ninterface Merged { b?: number }\nnew Merged().b ?? 'none'", "'none'"],
    ["declare global { interface Array<T> { mine?: T } }\n[1].mine ?? 'none'", "'none'"],
    ["[2].mine ?? 'still none'", "'still none'"],
    [
      "import { Stats } from 'fs'; declare module 'fs' { interface Stats { mine?: 1 } }\nlet stats: Stats; stats?.mine ?? 'none'",
      "'none'",
    ],
    ["import { Stats as Again } from 'fs'\nlet again: Again; again?.mine ?? 'still none'", "'still none'"],
    ["// @ts-nocheck\nconst text: number = 'unchecked'; text", "'unchecked'"],
    ["// @ts-nocheck\nconst = 5", "TS1134: Variable declaration expected."],
    ["// @ts-expect-error\nconst expected: number = 'text'; expected", "'text'"],
    ["declare global { var leet: number }\nglobalThis.leet = 1337; leet", "1337"],
    ["leet + 1", "1338"],
  ],
  "functions, types, declarations": [
    [
      "function over(x: number): number;\nfunction over(x: string): string;\nfunction over(x: any): any { return x }\nover('s')",
      "'s'",
    ],
    ["over(3)", "3"],
    [
      "type Tree<T> = { v: T; kids?: Tree<T>[] }\nconst tree: Tree<number> = { v: 1, kids: [{ v: 2 }] }; tree",
      "{ v: 1, kids: [ { v: 2 } ] }",
    ],
    [
      "const sat = { a: 1 } satisfies Record<string, number>; type Keys = keyof typeof sat; const k: Keys = 'a'; k",
      "'a'",
    ],
    ["let u: number | string = Math.random() > 2 ? 1 : 's'; if (typeof u === 'string') { u = u.length } u", "1"],
    [
      "const isText = (v: unknown): v is string => typeof v === 'string'; const must: (v: unknown) => asserts v is string = () => {}; isText('')",
      "true",
    ],
    ["const { a = 5, b: { c = 6 } = {}, ...rest } = { d: 7, e: 8 } as any; [a, c, rest]", "[ 5, 6, { d: 7, e: 8 } ]"],
    [
      "const [first = 1, , third = 3, ...others] = [undefined, 2, undefined, 4, 5]; [first, third, others]",
      "[ 1, 3, [ 4, 5 ] ]",
    ],
    ["for (var i = 0; i < 3; i++) { var square = i * i }\n[i, square]", "[ 3, 4 ]"],
    ["const fact = function self(n: number): number { return n <= 1 ? 1 : n * self(n - 1) }; fact(5)", "120"],
    ["const tagged = (s: TemplateStringsArray, ...v: any[]) => s.raw.join('|') + v; tagged`a${1}b${2}`", "'a|b|1,2'"],
    [
      "function traced(target: any, key: string, d: PropertyDescriptor) { const f = d.value; d.value = function (...all: any[]) { console.log('call', key); return f.apply(this, all) } }\nclass Deco { @traced run() { return 1 } }\nnew Deco().run()",
      "call run\n1",
    ],
    ["10n ** 20n", "100000000000000000000n"],
  ],
  "names again": [
    ["const c1 = 1\nconst c2 = 2\nc1 + c2", "3"],
    ["const c1 = 'again'; function redo() { return 1 }; enum R { A } ; type T1 = number; redo()", "1"],
    [
      "function redo() { return 'two' }; enum R { B = 7 }; type T1 = string; const t1: T1 = 'x'; [redo(), R.B, t1]",
      "[ 'two', 7, 'x' ]",
    ],
    ["class redo { x = 1 }\nnew redo()", "redo { x: 1 }"],
    [
      "const name = 'shadow'; let fetch = 3; const own = console; [name, fetch, typeof own.log]",
      "[ 'shadow', 3, 'function' ]",
    ],
    ["[fetch, typeof globalThis.fetch]", "[ 3, 'function' ]"],
    ["class Map { x = 1 }; new Map()", "Map { x: 1 }"],
    ["let dup = 1; let dup = 2;", "TS2451: Cannot redeclare block-scoped variable 'dup'."],
  ],
  "unions of results, narrowed": [
    [
      "type Result = { ok: true; value: number } | { ok: false; error: Error }\nconst half = (n: number): Result => n % 2 ? { ok: false, error: new Error('odd') } : { ok: true, value: n / 2 }\nconst odd = half(3); if (odd.ok) odd.value.toFixed(); else console.log(odd.error.message)",
      "odd",
    ],
    ["odd.ok ? 'even' : odd.error.message", "'odd'"],
    ["odd.error", "TS2339: Property 'error' does not exist on type 'Result'."],
    ["let maybe: string = null; 'text'.match(/y/)?.index", ""],
    ["'text'.match(/y/).index", "TypeError: Cannot read properties of null (reading 'index')"],
  ],
  "what Node has and the libraries of this TypeScript have not": [
    ["const sorted = [3, 1, 2].toSorted(); [sorted, sorted.with(-1, 9).toReversed()]", "2×3\n1  2  3\n9  2  1"],
    ["(['b', 'a'] as const).toSpliced(0, 1).length + [5, 6].findLast((x) => x < 6)!", "6"],
    ["new Float64Array([2, 1]).toSorted().with(0, 7)", "Float64Array(2) [ 7, 2 ]"],
    ["'\\ud83d'.isWellFormed()", "false"],
    ["sorted.toSorted('no function')", TO_SORTED],
  ],
  "control flow and time": [
    [
      "outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; console.log(i, j) } }",
      "0 0\n1 0",
    ],
    [
      "async function* upTo(n: number) { for (let i = 0; i < n; i++) yield i }\nlet sum = 0\nfor await (const i of upTo(4)) sum += i\nsum",
      "6",
    ],
    ["function* g() { yield* [1, 2]; return 3 }\n[...g()]", "[ 1, 2 ]"],
    [
      "try { throw new TypeError('t') } catch { console.log('caught') } finally { console.log('at last') }",
      "caught\nat last",
    ],
    ["await Promise.all([1, 2].map(async (v) => v * 2))", "[ 2, 4 ]"],
    ["new Promise((resolve) => setTimeout(() => resolve('late value'), 20))", "'late value'"],
    ["Promise.reject(new Error('rejected last'))", "Error: rejected last"],
    ["queueMicrotask(() => console.log('micro')); await 0; 'done'", "micro\n'done'"],
  ],
  modules: [
    [
      "import { createRequire } from 'module'\nconst require = createRequire(import.meta.url); typeof require('fs').readFileSync",
      "'function'",
    ],
    ["import 'os'\nrequire('path').sep", "'/'"],
    ["const exports = 'own'; exports", "'own'"],
    ["import type { Shape } from './model'\nconst shape: Shape = [1, 2]; shape", "[ 1, 2 ]"],
    ["import { type Shape as Again, Model } from './model.ts'\nnew Model(3)", "Model { w: 3 }"],
    ["import * as model from './model'; model.version", "1"],
    ["const dynamic = await import('./model.ts'); dynamic.version", "1"],
    ["import data from './data.json'\ndata.a", "1"],
    ["import { join } from 'path'\nimport * as path from 'node:path'\npath.sep + join('x', 'y')", "'/x/y'"],
    ["import { join } from 'path'\njoin('again', 'imported')", "'again/imported'"],
    ["import { join as renamed, type ParsedPath as Parsed } from 'path'\nrenamed('x', 'y')", "'x/y'"],
    ["export const exported = 1; export default class {}", ""],
    ["export default class Named {}\nexport { exported as other }; new Named()", "Named {}"],
    ["export default 7", "7"],
    ["import nothing from './model'", "TS1192: Module '\"FOLDER/model\"' has no default export."],
    [
      "[require('os').EOL, __filename === join(__dirname, 'notebook.ts'), import.meta.url.endsWith('notebook.ts')]",
      "[ '\\n', true, true ]",
    ],
  ],
  Node: [
    ["import { readFile } from 'node:fs/promises'\nJSON.parse(await readFile('data.json', 'utf8'))", "{ a: 1 }"],
    ["const answer = await globalThis.fetch('data:text/plain,hello'); await answer.text()", "'hello'"],
    [
      "import { EventEmitter } from 'events'\nconst em = new EventEmitter(); em.on('x', (v) => console.log('got', v)); em.emit('x', 1)",
      "got 1\ntrue",
    ],
    ["Buffer.from('h\u00e9')", "<Buffer 68 c3 a9>"],
    [
      "import { Worker } from 'worker_threads'\nconst worker = new Worker('console.log(\"from it\"); require(\"worker_threads\").parentPort.postMessage(42)', { eval: true })\nlet answered: any; worker.once('message', (m) => { answered = m }); await new Promise((r) => worker.once('exit', r)); answered",
      "from it\n42",
    ],
    [
      "import { execFileSync, execSync, fork, spawn, spawnSync } from 'child_process'\nexecSync('echo hi').toString()",
      "'hi\\n'",
    ],
    ["spawnSync('sh', ['-c', 'echo out; echo err >&2'], { stdio: 'inherit' }).status", "out\nstderr: err\n0"],
    ["execSync('echo partial; exit 3', { stdio: [0, 1, 2] })", "partial\nError: Command failed: echo partial; exit 3"],
    [
      "const child = spawn('sh', ['-c', 'echo shared; echo err >&2'], { stdio: 'inherit' }); await new Promise((r) => child.on('close', r))",
      "shared\nstderr: err\n0",
    ],
    [
      "const forked = fork('./child.cjs'); let said: any; forked.on('message', (m) => { said = m }); await new Promise((r) => forked.on('close', r)); said",
      "forked\n{ hi: 1 }",
    ],
    ["process.stdout.write('no newline'); 0", "no newline\n0"],
    [
      "console.table([{ a: 1 }]); console.group('G'); console.log('in'); console.groupEnd()",
      "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\nG\n  in",
    ],
  ],
  "what this TypeScript does not have is said in a sentence": [
    [
      "{ using file = { [Symbol.dispose]() {} } }",
      "TS1434: 'using' declarations came with TypeScript 5.2, and this kernel has 5.0: call [Symbol.dispose]() in a 'finally' block instead.",
    ],
    [
      "await using file = null as any",
      "TS1005: 'using' declarations came with TypeScript 5.2, and this kernel has 5.0: call [Symbol.dispose]() in a 'finally' block instead.",
    ],
    [
      "let page = document",
      "TS2584: Cannot find name 'document'. Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.",
    ],
    ["return 5", "TS1108: A 'return' statement can only be used within a function body."],
  ],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates in the user's code

describe.each(Object.entries(GROUPS))("%s", (_, cells) => {
  test.each(cells)("%s", async (code, shown) => {
    expect(await outcome(code)).toBe(shown.replace("FOLDER", folder));
  });
});

test("a standard decorator is told what decorators are here", async () => {
  const { traceback } = await kernel.execute(
    "function std(value: Function, context: ClassMethodDecoratorContext) { return value }\nclass K { @std run() {} }",
  );
  expect(traceback).toContain(
    "This kernel's decorators are TypeScript's experimental ones, (target, key, descriptor); standard ones, (value, context), are not supported.",
  );
});

test("a timer prints later, under its own cell", async () => {
  const { id } = await kernel.execute("setTimeout(() => console.log('later'), 30); 'now'");
  const late = await kernel.find("iopub", ({ content }) => content.text === "later\n", "late output");
  expect(late.parent_header.msg_id).toBe(id);
});
