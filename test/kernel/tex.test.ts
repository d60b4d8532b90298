/** LaTeX in a cell and on the command line. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

const R = String.raw;
let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute('import { check, d, expr } from "nabla";');
});
afterAll(() => kernel.stop());

const shown = async (code: string): Promise<string> => {
  const { result, traceback } = await kernel.execute(code);
  expect(traceback).toBe("");
  return result?.["text/plain"];
};

describe("a cell", () => {
  test("reads expr.tex with the sets of its names, as a string", async () => {
    const where = R`"\\mathbf W\\in\\mathbb R^{m\\times n},\\ \\mathbf x\\in\\mathbb R^n, \\mathbf b\\in\\mathbb R^m"`;
    const f = R`expr.tex("\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2", ${where})`;
    expect(await shown(`d(${f}, "W").text`)).toBe(`"2*(W*x + b)*x'"`);
  });

  test("reads check.tex as a template", async () => {
    const text = await shown(R`check.tex${"`"}\operatorname{tr}(ABC) = \operatorname{tr}(ACB)${"`"}`);
    expect(text).toMatch(/^✗ false\. At A = /);
  });

  test("says what is wrong in the LaTeX itself", async () => {
    const { traceback } = await kernel.execute(R`expr.tex${"`"}\matbf W x${"`"}`);
    expect(traceback).toContain("unknown macro \\matbf: did you mean \\mathbf?");
    expect(traceback).toContain("\\matbf W x");
  });
});

describe("the command line", () => {
  const nabla = (...args: string[]) =>
    promisify(execFile)(process.execPath, [path.resolve(import.meta.dirname, "../../kernel/bin/nabla.js"), ...args]);

  test("derive --tex", async () => {
    const vars = R`W\in\mathbb R^{m\times n}, x\in\mathbb R^n, b\in\mathbb R^m`;
    const { stdout } = await nabla(
      "derive",
      R`\|\mathbf Wx+b\|^2`,
      "--tex",
      "--vars",
      vars,
      "--wrt",
      "W",
      "--format",
      "json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, matrix: "2*(W*x + b)*x'" });
  });

  test("derive --tex shows the place of a mistake", async () => {
    const run = nabla("derive", R`\|\mathbf Wy\|^2`, "--tex", "--vars", "W: m×n, x: n", "--wrt", "W");
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("unknown_symbol: unknown symbol y\n  \\|\\mathbf Wy\\|^2\n             ^\n"),
    });
  });
});
