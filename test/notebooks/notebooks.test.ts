// Every notebook through the real kernel, its outputs compared with the committed ones cell by cell. When an output is
// meant to change: .venv/bin/python test/notebooks/execute.py --update notebooks/NAME.ipynb
import path from "node:path";
import katex from "katex";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparable, difference } from "./alike.js";
import { formulas } from "./formulas.js";
import { codeCells, type Notebook, nameOf, notebooks, outputsOf, python, read, scratch, textOf } from "./run.js";

const { folder, remove } = scratch();
afterAll(remove);

/** All at once: each has a kernel of its own. */
let runs: ReadonlyMap<string, Promise<Notebook>>;
beforeAll(() => {
  runs = new Map(
    notebooks.map((file) => {
      const run = python("execute.py", "--into", folder, file).then(() => read(path.join(folder, path.basename(file))));
      run.catch(() => undefined); // told by the tests of that notebook
      return [file, run];
    }),
  );
});

const KERNEL = { name: "nabla", display_name: "Nabla (TypeScript)", language: "typescript" };
const OF_A_MACHINE = /\/(?:home|root|Users|work|tmp)\/|[A-Z]:\\/;

test("there are the notebooks that the README names", () => {
  expect(notebooks.map(nameOf)).toEqual(
    expect.arrayContaining(["002-matrix-derivative", "004-index-notation", "backprop-demo", "index"]),
  );
});

describe.each(notebooks.map((file) => [nameOf(file), file]))("%s", (_name, file) => {
  const committed = read(file);
  const cells = codeCells(committed);

  test("is for the nabla kernel", () => {
    expect(committed.metadata.kernelspec).toEqual(KERNEL);
    expect(committed.metadata.language_info?.name).toBe("typescript");
  });

  test("is committed as run from top to bottom, without times and without paths of a machine", () => {
    expect(cells.map((cell) => cell.execution_count)).toEqual(cells.map((_, i) => i + 1));
    expect(committed.cells.filter((cell) => Object.keys(cell.metadata).length > 0)).toEqual([]);
    expect(JSON.stringify(committed.cells)).not.toMatch(OF_A_MACHINE);
  });

  test("every formula of its prose and of its outputs can be typeset", () => {
    const prose = committed.cells.filter((cell) => cell.cell_type === "markdown").map((cell) => textOf(cell.source));
    const found = [...prose, ...outputsOf(committed, "text/markdown")].flatMap(formulas);
    for (const { latex, display } of found)
      expect(
        () => katex.renderToString(latex, { displayMode: display, throwOnError: true, strict: false }),
        latex,
      ).not.toThrow();
    expect(found.length).toBeGreaterThan(0);
  });

  test.each(cells.map((cell, i) => [i + 1, cell.id, cell] as const))(
    "cell [%i] %s shows what is committed",
    async (n, _id, cell) => {
      const now = codeCells(await runs.get(file)!)[n - 1]!;
      const shown = (now.outputs ?? []).map(comparable);
      expect(difference((cell.outputs ?? []).map(comparable), shown)).toBeUndefined();
    },
  );
});
