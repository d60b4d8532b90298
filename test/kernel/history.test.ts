import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

const root = mkdtempSync(join(tmpdir(), "nabla-history-"));
const folder = join(root, "history");
const kernels: Client[] = [];
const start = async (NABLA_HISTORY = folder) => {
  const kernel = await startKernel({ env: { NABLA_HISTORY } });
  kernels.push(kernel);
  return kernel;
};
afterEach(async () => {
  for (const kernel of kernels.splice(0)) await kernel.stop();
  rmSync(root, { recursive: true, force: true });
});

const history = async (kernel: Client, content: object) =>
  (await kernel.request("history_request", { output: false, raw: true, ...content })).history;

test("within a session: the tail, a range, what matches a pattern", async () => {
  const kernel = await start("off");
  for (const code of ["'one of history'", "'two of history'", "'one of history'"]) await kernel.execute(code);
  await kernel.execute("'not stored'", { store_history: false });
  await kernel.execute("'silent'", { silent: true });
  const [one, two, again] = [
    [1, 1, "'one of history'"],
    [1, 2, "'two of history'"],
    [1, 3, "'one of history'"],
  ];
  expect(await history(kernel, { hist_access_type: "tail", n: 2 })).toEqual([two, again]);
  expect(await history(kernel, { hist_access_type: "tail", n: 0 })).toEqual([]);
  expect(await history(kernel, { hist_access_type: "tail", n: 1, output: true })).toEqual([
    [1, 3, ["'one of history'", null]],
  ]);
  expect(await history(kernel, { hist_access_type: "range", session: 0, start: 2, stop: 3 })).toEqual([
    [0, 2, "'two of history'"],
  ]);
  expect(await history(kernel, { hist_access_type: "range", session: 0, start: -1 })).toEqual([
    [0, 3, "'one of history'"],
  ]);
  expect(await history(kernel, { hist_access_type: "search", n: 5, pattern: "*one?of*" })).toEqual([one, again]);
  expect(await history(kernel, { hist_access_type: "search", n: 5, pattern: "*one?of*", unique: true })).toEqual([
    again,
  ]);
  expect(await history(kernel, {})).toEqual([]);
});

test("over sessions: numbered from 1, side by side, in files that only the user can read", async () => {
  const first = await start();
  await first.execute("'in one'");
  const second = await start();
  await second.execute("'in two'");
  await first.execute("'in one again'");
  await first.stop();
  const third = await start();
  expect(await history(third, { hist_access_type: "tail", n: 2 })).toEqual([
    [1, 2, "'in one again'"],
    [2, 1, "'in two'"],
  ]);
  await third.execute("'in three'");
  expect(await history(third, { hist_access_type: "range", session: -1 })).toEqual([[2, 1, "'in two'"]]);
  expect(await history(third, { hist_access_type: "range", session: 1, start: 2, stop: 3 })).toEqual([
    [1, 2, "'in one again'"],
  ]);
  expect(await history(third, { hist_access_type: "range", session: 3 })).toEqual([[3, 1, "'in three'"]]);
  expect(await history(third, { hist_access_type: "range", session: 0 })).toEqual([[0, 1, "'in three'"]]);
  expect(await history(third, { hist_access_type: "range", session: 9 })).toEqual([]);
  expect(await history(third, { hist_access_type: "search", pattern: "*one*" })).toEqual([
    [1, 1, "'in one'"],
    [1, 2, "'in one again'"],
  ]);
  expect(readdirSync(folder).sort()).toEqual(["000001.jsonl", "000002.jsonl", "000003.jsonl"]);
  if (process.platform !== "win32") {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "000003.jsonl")).mode & 0o777).toBe(0o600);
  }
});

test("a kernel that runs no cell leaves no file; a broken line is left out; the oldest go when there is too much", async () => {
  const first = await start();
  await first.execute("'kept'");
  await first.stop();
  appendFileSync(join(folder, "000001.jsonl"), '[2,"cut sh');
  const idle = await start();
  expect(await history(idle, { hist_access_type: "tail", n: 9 })).toEqual([[1, 1, "'kept'"]]);
  await idle.stop();
  expect(readdirSync(folder)).toEqual(["000001.jsonl"]);
  writeFileSync(join(folder, "000002.jsonl"), `${JSON.stringify([1, "x".repeat(17 << 20)])}\n`);
  const last = await start();
  await last.execute("'after the clean-up'");
  expect(readdirSync(folder)).toEqual(["000003.jsonl"]);
  expect(readFileSync(join(folder, "000003.jsonl"), "utf8")).toBe("[1,\"'after the clean-up'\"]\n");
});

test("a folder that cannot be written costs the history and nothing else", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "nabla-history-")), "file");
  writeFileSync(file, "");
  const kernel = await start(join(file, "history"));
  expect((await kernel.execute("6 * 7")).result["text/plain"]).toBe("42");
  expect(await history(kernel, { hist_access_type: "tail", n: 1 })).toEqual([[1, 1, "6 * 7"]]);
  expect(kernel.output()).toBe("");
});
