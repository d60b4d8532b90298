import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, type panelOf } from "./panel.js";

describe.skipIf(!browserPath)("the network is set up without a kernel", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    lab = await openLab({ width: 1440, height: 900 });
    await lab.page.locator(".jp-Launcher").waitFor();
    panel = await openPanel(lab);
  });
  afterAll(() => lab?.close());

  const tab = (name: string) => panel.node.getByRole("tab", { name });
  const button = (name: string) => panel.node.getByRole("button", { name, exact: true });

  test("the tabs are one tab stop, arrows go round, and the page in front belongs to its tab", async () => {
    await tab("Trace").focus();
    await lab.page.keyboard.press("ArrowLeft");
    expect(await tab("Setup").getAttribute("aria-selected")).toBe("true");
    expect(await panel.node.getByRole("tabpanel", { name: "Setup" }).isVisible()).toBe(true);
    expect(await panel.node.locator("[role=tab][tabindex='0']").count()).toBe(1);
    await lab.page.keyboard.press("ArrowRight");
    expect(await panel.node.getByRole("tabpanel", { name: "Trace" }).isVisible()).toBe(true);
  });

  test("scenario 8: in the dead ReLU preset row 1 of ∂L/∂W1 is zero, and the sentence says why", async () => {
    await tab("Setup").click();
    await button("Dead ReLU").click();
    await tab("Trace").click();
    await panel.goTo("B7");
    expect((await panel.exact("g_W1"))[0]).toEqual(["0", "0"]);
    await panel.node.getByText("Its row is 0 where the unit is dead: h₁ = −1.4 < 0.").waitFor();
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
