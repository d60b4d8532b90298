import { expect, test, vi } from "vitest";
import { startKernel } from "./client.js";

/** MiB that the process may hold after all cells. */
const LIMIT = 170;
/** What it holds after all cells may exceed what it holds after a quarter of them by this part. */
const GROWTH = 0.15;

/** What notebooks do, in turn; each declares names of its own. */
const CELLS: ((i: number) => string)[] = [
  (i) =>
    `interface P${i} { x: number }\nconst a${i}: P${i} = { x: ${i} }; function f${i}(y: number) { return a${i}.x + y }\nf${i}(1)`,
  (i) => `import { readFileSync } from "node:fs"; const text${i} = readFileSync("/dev/null", "utf8"); text${i}.length`,
  (i) => `const wrong${i}: number = "text"`,
  (i) => `import { display } from "nabla/jupyter"; display({ "text/html": "<b>${i}</b>" })`,
  (i) => `class K${i} { m<T>(x: T): T[] { return [x] } }\nthrow new RangeError("no " + new K${i}().m(${i}))`,
  (i) => `let x = ${i}; for (let j = 0; j < 9; j++) x += j\nconsole.log(x); await Promise.resolve(x)`,
  (i) => `type U${i} = { [K in "a" | "b"]: K }; const u${i}: U${i} = { a: "a", b: "b" }; Object.entries(u${i})`,
];

test("memory stays below its limit and does not grow with the number of cells", async () => {
  const kernel = await startKernel({ env: { MALLOC_ARENA_MAX: "2" } });
  await kernel.execute("0");
  const documented = { code: "process.cwd", cursor_pos: 9, detail_level: 0 };
  const hover = async () => JSON.stringify((await kernel.request("inspect_request", documented)).data);
  await vi.waitFor(async () => expect(await hover()).toContain("current working directory"), {
    timeout: 30_000,
    interval: 1000,
  });
  let count = 0;
  const mibAfter = async (cells: number) => {
    for (; count < cells; count++) await kernel.execute(CELLS[count % CELLS.length]?.(count) ?? "");
    const { result } = await kernel.execute("process.memoryUsage.rss() / 2 ** 20");
    return Number(result["text/plain"]);
  };
  const early = await mibAfter(60);
  const late = await mibAfter(240);
  const said = `${early} MiB after 60 cells, ${late} MiB after 240`;
  expect(late / early, said).toBeLessThan(1 + GROWTH);
  expect(late, said).toBeLessThan(LIMIT);
  await kernel.stop();
}, 120_000);
