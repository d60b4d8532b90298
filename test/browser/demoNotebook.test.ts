import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, type panelOf } from "./panel.js";

const GRADIENT = [
  ["0.055388", "0.110776"],
  ["−0.059484", "−0.118969"],
  ["0.010083", "0.020165"],
];

describe.skipIf(!browserPath)("the demo notebook beside the panel", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    lab = await openLab({ width: 1440, height: 800 });
    await lab.openNotebook("backprop-demo.ipynb");
    panel = await openPanel(lab);
    await lab.runAll();
  });
  afterAll(() => lab?.close());

  const statusIs = (words: RegExp) => panel.node.locator(".jp-nabla-Status", { hasText: words }).waitFor();

  test("all cells run without an error and the panel is live", async () => {
    expect(
      await lab.page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count(),
    ).toBe(0);
    await statusIs(/^live \[\d+\]$/u);
  });

  test("stepped to B7 it shows ∂L/∂W1 of the worked example", async () => {
    await panel.goTo("F0");
    await panel.focus();
    for (let n = 0; n < 13; n++) await lab.page.keyboard.press("ArrowRight");
    await panel.node.locator('.jp-nabla-Scroller[data-step="B7"]').waitFor();
    expect(await panel.exact("g_W1")).toEqual(GRADIENT);
  });

  test("numerator layout transposes it", async () => {
    await lab.page.keyboard.press("l");
    await panel.node.locator(".jp-nabla-LayoutBanner", { hasText: "numerator" }).waitFor();
    expect(await panel.exact("g_W1")).toEqual([0, 1].map((j) => GRADIENT.map((row) => row[j])));
    await lab.page.keyboard.press("l");
    await panel.node.locator(".jp-nabla-LayoutBanner", { hasText: "denominator" }).waitFor();
    expect(await panel.exact("g_W1")).toEqual(GRADIENT);
  });

  test("a restarted kernel leaves it stale at its step; run again it is live", async () => {
    await lab.restartKernel();
    await statusIs(/^stale/u);
    expect(await panel.exact("g_W1")).toEqual(GRADIENT);
    await lab.runAll();
    await statusIs(/^live \[\d+\]$/u);
    expect(await panel.step()).toBe("B7");
  });

  test("nothing was asked of the network and no error was thrown", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
