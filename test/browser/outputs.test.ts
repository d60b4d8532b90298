import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility.js";
import { browserPath, type Lab, openLab } from "./lab.js";
import { repository } from "./server.js";

const shots = path.join(repository, "test-results/outputs");
const CELLS = [
  'import { d, heatmap } from "nabla";\nd("ln|X|", "X", { where: "X: n×n" })',
  'd("L(W2 σ(W1 x))", "W1", { where: "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n" })',
  'heatmap([[1, 0], [-0.5, 2]], { title: "A", layout: "denominator" })',
  'heatmap({ shape: [3, 3, 2], data: [1, 2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 2] }, { title: "∂h/∂W" })',
  'import { autodiff, plot } from "nabla";\nplot.contour("p^2 + 3*q^2", { p: [-2, 2], q: [-2, 2] }, { where: "p: scalar, q: scalar" }).quiver().descent({ steps: 10 })',
  'd("B C", "B", { where: "B: m×n, C: n×p" }).at({ B: [[1, 2], [3, 4]], C: [[1, -1, 2], [0.5, 3, -2]] })',
  'plot.graph(autodiff("y sin(x + y)", { x: 1, y: 2 }))',
];

describe.skipIf(!browserPath)("the outputs of cells", () => {
  let lab: Lab;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    lab = await openLab({ width: 1280, height: 3600 });
    await lab.writeNotebook("outputs.ipynb", CELLS);
    await lab.openNotebook("outputs.ipynb");
    await lab.runAll();
    await output(7).locator(".jp-nabla-Plot-canvas .plot-container").waitFor();
  });
  afterAll(() => lab?.close());

  const output = (cell: number) =>
    lab.page
      .locator(".jp-Notebook .jp-CodeCell")
      .nth(cell - 1)
      .locator(".jp-OutputArea");
  const page = () => output(1).locator(".jp-nabla-Page");
  const choose = async (choice: string) => {
    await output(1).locator(`[data-choice="${choice}"]`).click();
    await expect.poll(() => output(1).locator(`[data-choice="${choice}"]`).getAttribute("aria-pressed")).toBe("true");
  };
  const boxed = () => page().locator(".jp-nabla-Result.jp-mod-here .jp-nabla-Math").getAttribute("aria-label");

  test("a derivation has typeset lines, chips that say their rule, and its errata", async () => {
    await page().locator(".jp-nabla-Line mjx-container").first().waitFor();
    expect(await page().locator(".jp-nabla-Page-condition").first().innerText()).toMatch(/^Condition: /u);
    const chip = page().locator(".jp-nabla-Chip").first();
    await chip.click();
    expect(await page().locator(".jp-nabla-Line-said:visible").innerText()).toBe(await chip.getAttribute("title"));
    expect(await page().locator(".jp-nabla-Tag.jp-mod-erratum").innerText()).toBe("002 (11) · erratum");
    expect(await page().locator(".jp-nabla-Page-check").innerText()).toMatch(/^✓/u);
  });

  test("the layout and the style are switched in place, and the focus stays", async () => {
    await choose("denominator");
    expect(await boxed()).toContain("X⁻ᵀ");
    await choose("numerator");
    expect(await boxed()).toContain("X⁻¹");
    expect(await page().getAttribute("data-layout")).toBe("numerator");
    expect(await page().locator(".jp-nabla-Box.jp-mod-erratum strong").innerText()).toMatch(/^The notes print it/u);
    await choose("index");
    expect(await page().getAttribute("data-style")).toBe("index");
    expect(await lab.page.evaluate(() => (document.activeElement as HTMLElement).dataset.choice)).toBe("index");
    await choose("differential");
  });

  test("no note shows its dollars", async () => {
    await output(2).locator(".jp-nabla-Line-note mjx-container").first().waitFor();
    await expect.poll(() => output(2).locator(".jp-nabla-Line-note").allInnerTexts()).not.toContain("$");
    expect((await output(2).locator(".jp-nabla-Line-note").allTextContents()).join("")).not.toMatch(/\$|\\text/u);
  });

  test("a heatmap is drawn by plotly, as wide as it says, and blocks have the labels of both their indices", async () => {
    const canvas = output(3).locator(".jp-nabla-Plot-canvas");
    expect(await canvas.getAttribute("aria-label")).toMatch(/: plot of heatmap/u);
    expect(await canvas.locator(".heatmaplayer image").count()).toBe(1);
    const drawn = (await canvas.locator("svg.main-svg").first().boundingBox())!.width;
    expect(drawn).toBeLessThan(400);
    const labels = await output(4).locator(".ytick text").allTextContents();
    expect(labels).toEqual(["i=1", "i=2", "i=3", "i=1", "i=2", "i=3", "i=1", "i=2", "i=3"]);
    expect(await output(4).locator(".annotation-text").allTextContents()).toEqual(["k=1", "k=2", "k=3", "l=1", "l=2"]);
  });

  test("the slider of a descent says step, value and slope, and moves the mark", async () => {
    const cell = output(5);
    const mark = () => cell.locator(".scatterlayer .trace").last().locator("path.point").getAttribute("transform");
    const before = await mark();
    expect(await cell.locator(".slider-label").first().textContent()).toMatch(/^step 10: f = [\d.]+, ‖∇f‖ = /u);
    await cell.locator(".slider-rail-touch-rect").click({ position: { x: 4, y: 4 } });
    await expect.poll(() => cell.locator(".slider-label").first().textContent()).toMatch(/^step 0: f = 5\.760000, /u);
    expect(await mark()).not.toBe(before);
  });

  test("the buttons of a tensor switch to its vec view", async () => {
    const labels = () => output(6).locator(".ytick text").allTextContents();
    expect(await labels()).toEqual(["i=1", "i=2", "i=1", "i=2"]);
    await output(6).locator(".updatemenu-button", { hasText: "vec" }).click();
    await expect.poll(labels).toEqual(["f₁₁", "f₂₁", "f₁₂", "f₂₂", "f₁₃", "f₂₃"]);
  });

  test("the slider of a graph goes through the rows of the table", async () => {
    const said = () => output(7).locator(".slider-label").first().textContent();
    expect(await said()).toBe("v̄₀ += v̄₁ → −1.839 (second use) = ∂f/∂y");
    await output(7)
      .locator(".slider-rail-touch-rect")
      .click({ position: { x: 4, y: 4 } });
    await expect.poll(said).toBe("v₋₁ = x = 1");
  });

  test.each(["light", "dark"] as const)("axe has nothing against a derivation in the %s theme", async (theme) => {
    await lab.setTheme(theme);
    await page().locator(".jp-nabla-Line mjx-container").first().waitFor();
    for (const cell of [1, 2, 3, 4, 5, 6, 7])
      await output(cell).screenshot({ path: path.join(shots, `${cell}-${theme}.png`) });
    expect(await accessibilityFaults(lab.page, ".jp-nabla-Derivation")).toEqual([]);
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
