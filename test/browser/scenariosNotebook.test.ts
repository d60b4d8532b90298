import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";
import { repository } from "./server.js";

const run = promisify(execFile);
const RESIDUAL = '{ where: "W: m×n, x: n, b: m" }';
const CELLS = [
  `import { check, d } from "nabla";\nconst f = d("‖W x + b‖²", "W", ${RESIDUAL});\nf`,
  'd("B C", "B", { where: "B: m×n, C: n×p", style: "index" })',
  `for (const answer of ["2 x (W x + b)'", "(W x + b) x'", "2 W x x'", "2 (W x + b)"]) console.log(check(answer, f).message)`,
  `check("2 A x", d("x'A x", "x", { where: "A: n×n, x: n" })).message`,
];

describe.skipIf(!browserPath)("derivations and answers in a notebook", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ width: 1280, height: 1600 });
    await lab.writeNotebook("answers.ipynb", CELLS);
    await lab.openNotebook("answers.ipynb");
    await lab.runAll();
  });
  afterAll(() => lab?.close());

  const output = (cell: number) =>
    lab.page
      .locator(".jp-Notebook .jp-CodeCell")
      .nth(cell - 1)
      .locator(".jp-OutputArea");

  test("scenario 17: a derivation has lines with rules, the other layout by one click, and a ✓", async () => {
    const page = output(1).locator(".jp-nabla-Page");
    await page.locator(".jp-nabla-Line mjx-container").first().waitFor();
    expect(await page.locator(".jp-nabla-Line").count()).toBeGreaterThanOrEqual(5);
    expect(await page.locator(".jp-nabla-Chip").allInnerTexts()).toContain("dot product");
    expect(await page.locator(".jp-nabla-Page-check").innerText()).toMatch(/^✓/u);
    const boxed = () => page.locator(".jp-nabla-Result.jp-mod-here .jp-nabla-Math").getAttribute("aria-label");
    const denominator = await boxed();
    await output(1).locator('[data-choice="numerator"]').click();
    await expect.poll(boxed).not.toBe(denominator);
  });

  test("scenario 17: nbconvert's HTML and LaTeX of it can be read", async () => {
    await lab.save();
    const notebook = path.join(lab.server.notebooks, "answers.ipynb");
    const python = path.join(repository, ".venv/bin/python");
    for (const format of ["html", "latex"])
      await run(python, ["-m", "nbconvert", "--to", format, "--output-dir", lab.server.scratch, notebook]);
    const read = (name: string) => readFile(path.join(lab.server.scratch, name), "utf8");
    const html = await read("answers.html");
    expect(html).toContain("\\begin{aligned}");
    expect(html).toContain("dot product");
    expect(html).not.toContain("[object Object]");
    const latex = await read("answers.tex");
    expect(latex).toMatch(/\\mathbf\{? ?W/u);
    expect(latex).toMatch(/\\begin\{align/u);
  });

  test("scenario 18: wrong answers are named: transpose, factor 2, b dropped, shape; equal for a symmetric A only", async () => {
    const said = (await output(3).innerText()).trim().split("\n");
    expect(said).toHaveLength(4);
    expect(said[0]).toMatch(/transpose/u);
    expect(said[1]).toMatch(/factor.*2|2.*factor/u);
    expect(said[2]).toMatch(/\bb\b/u);
    expect(said[3]).toMatch(/m×1|shape/u);
    expect(await output(4).innerText()).toMatch(/only (when|because|if) A is symmetric/u);
  });

  test("scenario 19: ∂(BC)/∂B in index form is δ_ik C_lj", async () => {
    const lines = output(2).locator(".jp-nabla-Math");
    await lines.first().waitFor();
    const labels = await lines.evaluateAll((all) => all.map((line) => line.getAttribute("aria-label") ?? ""));
    expect(labels.some((label) => /δᵢₖ.*Cₗⱼ|δ_?\{?ik\}?.*C_?\{?lj\}?/u.test(label))).toBe(true);
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
