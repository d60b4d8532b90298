import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility.js";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, type panelOf } from "./panel.js";
import { repository } from "./server.js";

const shots = path.join(repository, "test-results/panel");
const STEPS = "F0 F1 F2 F3 F4 F5 B0 B1 B2 B3 B4 B5 B6 B7 B8 B9".split(" ");
/** ∂L/∂W1 of the demo network, as in the notes. */
const GRADIENT = [
  ["0.055388", "0.110776"],
  ["−0.059484", "−0.118969"],
  ["0.010083", "0.020165"],
];
const transposed = (rows: string[][]): string[][] => rows[0]!.map((_, j) => rows.map((row) => row[j]!));

describe.skipIf(!browserPath)("the panel without a kernel", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    lab = await openLab({ width: 1440, height: 800 });
    await lab.page.locator(".jp-Launcher").waitFor();
    panel = await openPanel(lab);
  });
  afterAll(() => lab?.close());

  /** Drags the edge of the side bar until the panel is as wide as wanted; a theme that is still loading lets go of it. */
  async function widen(width: number): Promise<void> {
    const handle = lab.page.locator("#jp-main-split-panel > .lm-SplitPanel-handle:visible").last();
    const drag = async (): Promise<number> => {
      const edge = (await handle.boundingBox())!;
      const before = (await panel.node.boundingBox())!.width;
      await lab.page.mouse.move(edge.x + edge.width / 2, edge.y + 300);
      await lab.page.mouse.down();
      await lab.page.mouse.move(edge.x + before - width, edge.y + 300, { steps: 4 });
      await lab.page.mouse.up();
      return Math.abs((await panel.node.boundingBox())!.width - width);
    };
    await expect.poll(drag, { interval: 200, timeout: 5000 }).toBeLessThan(2);
  }
  const shot = (name: string) => panel.node.screenshot({ path: path.join(shots, `${name}.png`) });

  test("opens at F0, stand-alone, with sixteen steps, at least 320 px wide", async () => {
    expect(await panel.steps()).toEqual(STEPS);
    expect(await panel.status()).toBe("stand-alone");
    expect(await panel.step()).toBe("F0");
    expect((await panel.node.boundingBox())!.width).toBeGreaterThanOrEqual(320);
    expect(lab.errors).toEqual([]);
  });

  test("five steps on, F5 has the loss, and gradients still show a dot", async () => {
    await panel.focus();
    for (let i = 0; i < 5; i++) await lab.page.keyboard.press("ArrowRight");
    expect(await panel.step()).toBe("F5");
    expect(await panel.printed("L")).toEqual([["0.327"]]);
    await panel.node.locator('[data-section="gradients"] summary').click();
    expect(await panel.printed("g_W1", '[data-section="gradients"]')).toEqual(
      GRADIENT.map((row) => row.map(() => "·")),
    );
    await panel.node.locator('[data-section="gradients"] summary').click();
  });

  test("last, then back five times, is B4", async () => {
    await panel.focus();
    await lab.page.keyboard.press("End");
    for (let i = 0; i < 5; i++) await lab.page.keyboard.press("ArrowLeft");
    expect(await panel.step()).toBe("B4");
  });

  test("the slider at 14 of 16 is B7 with ∂L/∂W1 of the notes, said once", async () => {
    await panel.node.locator(".jp-nabla-Slider").fill("13");
    expect(await panel.step()).toBe("B7");
    expect(await panel.exact("g_W1")).toEqual(GRADIENT);
    expect(await panel.printed("g_W1")).toEqual([
      ["0.055", "0.111"],
      ["−0.059", "−0.119"],
      ["0.010", "0.020"],
    ]);
    expect(await panel.node.locator("[aria-live]").allInnerTexts()).toEqual([expect.stringMatching(/^Step B7, /u)]);
  });

  test("an entry is written out, its factors are outlined, and the way leads on to B6", async () => {
    await panel.cell("g_W1", 2, 2).click();
    await panel.node.locator(".jp-nabla-Explain-follow").first().waitFor();
    expect(await panel.explanation()).toContain("[2,2] = (−0.05948)(2) = −0.11897");
    for (const [tensor, row] of [["g_h", 2] as const, ["x", 2] as const])
      expect(await panel.cell(tensor, row, 1).getAttribute("class")).toContain("jp-mod-outlined");
    await panel.node.locator('.jp-nabla-Explain-follow[data-step="B6"]').click();
    expect(await panel.step()).toBe("B6");
  });

  test("a matrix is one tab stop and its arrows stay in it", async () => {
    await panel.goTo("B7");
    await panel.cell("g_W1", 1, 1).focus();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await lab.page.keyboard.press(key);
    const label = await lab.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(label).toBe("∂L/∂W1 row 2 column 2, −0.119");
    expect(await panel.step()).toBe("B7");
    expect(await panel.figure("g_W1").locator("[tabindex='0'][role=gridcell]").count()).toBe(1);
    await lab.page.keyboard.press("Escape");
    await lab.page.keyboard.press("ArrowRight");
    expect(await panel.step()).toBe("B8");
  });

  test("numerator layout shows the transpose, its formula, and says so", async () => {
    await panel.goTo("B7");
    await panel.focus();
    await lab.page.keyboard.press("l");
    expect(await panel.layout()).toBe("numerator layout");
    expect(await panel.exact("g_W1")).toEqual(transposed(GRADIENT));
    expect(await panel.node.locator(".jp-nabla-Formula").getAttribute("data-layout")).toBe("numerator");
    await lab.page.keyboard.press("l");
    expect(await panel.exact("g_W1")).toEqual(GRADIENT);
  });

  test("the list of keys opens and closes with ?", async () => {
    await panel.focus();
    await lab.page.keyboard.press("?");
    expect(await panel.node.locator(".jp-nabla-Help").isVisible()).toBe(true);
    await lab.page.keyboard.press("Escape");
    expect(await panel.node.locator(".jp-nabla-Help").isVisible()).toBe(false);
  });

  test.each(["light", "dark"] as const)(
    "axe has nothing against the panel in the %s theme, at 320 and 640 px",
    async (theme) => {
      await lab.setTheme(theme);
      for (const width of [320, 640]) {
        await widen(width);
        await panel.goTo("B7");
        await panel.node.locator(".jp-nabla-Formula mjx-container").first().waitFor();
        expect(await accessibilityFaults(lab.page, ".jp-nabla-Panel")).toEqual([]);
        const wider = await panel.node.evaluate((node) => node.scrollWidth - node.clientWidth);
        expect(wider).toBe(0);
        await shot(`B7-${theme}-${width}`);
      }
    },
  );

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
