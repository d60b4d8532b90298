import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, panelOf } from "./panel.js";

const NETWORK = 'import { twoLayer } from "nabla";\nconst net = twoLayer();\nnet.backprop()';
const OTHER_INPUT = "const net = twoLayer({ x: [1, 3] });\nnet.backprop()";

describe.skipIf(!browserPath)("the panel beside a notebook", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    lab = await openLab({ width: 1440, height: 800 });
    await lab.writeNotebook("live.ipynb", [NETWORK, OTHER_INPUT]);
    await lab.openNotebook("live.ipynb");
    panel = await openPanel(lab);
  });
  afterAll(() => lab?.close());

  async function run(cell: number): Promise<void> {
    await lab.page
      .locator(".jp-Notebook .jp-CodeCell")
      .nth(cell - 1)
      .click();
    await lab.command("notebook:run-cell");
  }
  const statusIs = (words: string) =>
    panel.node
      .locator(".jp-nabla-Status", { hasText: new RegExp(`^${words.replace(/[[\]]/g, "\\$&")}$`, "u") })
      .waitFor();

  test("a notebook without a network says so and shows the demo network", async () => {
    await statusIs("stand-alone");
    await panel.node.getByText("No network yet in live.ipynb: the demo network is shown.").waitFor();
  });

  test("net.backprop() in a cell is live, with the number of the cell", async () => {
    await run(1);
    await statusIs("live [1]");
    await panel.goTo("B7");
    expect(await panel.exact("g_W1")).toEqual([
      ["0.055388", "0.110776"],
      ["−0.059484", "−0.118969"],
      ["0.010083", "0.020165"],
    ]);
  });

  test("another input updates the numbers and keeps the step", async () => {
    await run(2);
    await statusIs("live [2]");
    expect(await panel.step()).toBe("B7");
    expect(await panel.printed("x")).toEqual([["1"], ["3"]]);
  });

  test("after a reload of the page the panel is there again, live, at its step", async () => {
    await lab.save();
    await lab.page.waitForTimeout(1000); // the workspace is saved after a pause of JupyterLab's own
    await lab.page.goto(`${lab.server.url}lab/tree/live.ipynb`);
    panel = panelOf(lab.page);
    await statusIs("live [2]");
    expect(await panel.step()).toBe("B7");
  });

  test("a restart leaves the last trace as stale; the cell run again is live, with one comm and no duplicates", async () => {
    for (let i = 0; i < 2; i++) {
      await lab.restartKernel();
      await statusIs(i === 0 ? "stale [2]" : "stale [1]");
      expect(await panel.step()).toBe("B7");
      await run(1);
      await statusIs("live [1]");
      expect(await panel.printed("x")).toEqual([["1"], ["2"]]);
    }
    expect(lab.errors).toEqual([]);
  });

  test("the output of the cell opens the panel", async () => {
    const button = lab.page.locator(".jp-nabla-TraceOutput .jp-mod-open").first();
    await button.click();
    await statusIs("live [1]");
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
