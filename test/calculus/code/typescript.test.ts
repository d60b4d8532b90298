/** Exported TypeScript runs by itself and equals our values. */
import { describe, expect, test } from "vitest";
import { type Case, difference, functionsIn, givenTo, type Nested, PROGRAMS } from "./programs.js";
import { camel, load, standIn } from "./runTypescript.js";

const TOLERANCE = 1e-9;

describe.each(PROGRAMS.map((c) => [c.id, c] as const))("%s", (_id, c: Case) => {
  test("every function of the TypeScript returns our values", () => {
    const made = load(c.write("typescript"));
    for (const { name, outputs } of functionsIn(c)) {
      const args = [...c.inputs.map((i) => i.value), ...givenTo(c, outputs).map(standIn)];
      const got = made[camel(name)]!(...args);
      const list = (outputs.length === 1 ? [got] : got) as Nested[];
      for (const [i, o] of outputs.entries())
        expect(difference(list[i]!, c.expected[o]!), `${name} ${o}`).toBeLessThan(TOLERANCE);
    }
  });
});
