/** An answer does not depend on what was asked before: forwards, backwards, and backwards from an empty table. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import type { Request } from "../../../kernel/src/calculus/index.js";
import { requestOf, rowsOf } from "../../seeds/rows.js";

const cookbook = ["cookbook.json", "cookbook-numeric.json"].flatMap((file) => {
  const { cases } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../cookbook", file), "utf8"));
  return cases.map(({ id, expr, vars, wrt, constraints, dims }: Request) => ({
    id,
    expr,
    vars,
    wrt,
    ...(constraints ? { constraints } : {}),
    ...(dims ? { dims } : {}),
  }));
});
const notes = rowsOf("deriv").map(requestOf);

test.each([
  ["the Cookbook", cookbook],
  ["the notes", notes],
])("%s, forwards and backwards", async (_name, requests: readonly Request[]) => {
  const all = async (list: readonly Request[]): Promise<string[]> => {
    const { answer } = await import("../../../kernel/src/calculus/index.js");
    return list.map((request) => JSON.stringify(answer(request, () => 0)));
  };
  const reversed = [...requests].reverse();
  expect(requests.length).toBeGreaterThan(20);
  const forwards = await all(requests);
  const again = (await all(reversed)).reverse();
  vi.resetModules();
  const alone = (await all(reversed)).reverse();
  for (const [n, made] of forwards.entries()) expect([again[n], alone[n]]).toEqual([made, made]);
});
