import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, panelOf } from "./panel.js";

// As behind JupyterHub: every address begins with the user's own path.
describe.skipIf(!browserPath)("under the base address /user/x/", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ base: "/user/x/" });
    await lab.writeNotebook("net.ipynb", [
      'import { twoLayer } from "nabla";\nconst net = twoLayer();\nnet.backprop()',
    ]);
  });
  afterAll(() => lab?.close());

  test("the panel computes by itself in JupyterLab", async () => {
    expect(lab.server.url).toMatch(/\/user\/x\/$/u);
    const panel = await openPanel(lab);
    expect(await panel.status()).toBe("stand-alone");
    expect(await panel.steps()).toHaveLength(16);
    await panel.goTo("B7");
    expect((await panel.exact("g_W1"))[0]).toEqual(["0.055388", "0.110776"]);
  });

  test("the View menu and the launcher offer it, and its settings are the user's", async () => {
    await lab.page.getByRole("menuitem", { name: "View", exact: true }).click();
    const item = lab.page.locator('.lm-Menu-item[data-command="nabla-trace:open"]');
    await item.waitFor();
    await lab.page.keyboard.press("Escape");
    await lab.page.locator(".jp-LauncherCard", { hasText: "Backprop trace" }).waitFor();
    const settings = await (await fetch(`${lab.server.url}lab/api/settings/jupyterlab-nabla:panel`)).json();
    expect(Object.keys(settings.schema.properties)).toEqual(["layout", "shapes", "pace", "projector"]);
  });

  test("in Notebook 7 the panel is live beside the notebook", async () => {
    await lab.openNotebook("net.ipynb", { in: "notebook" });
    await lab.runAll();
    const panel = panelOf(lab.page);
    await lab.command("nabla-trace:open");
    await panel.node.locator(".jp-nabla-Status", { hasText: "live [1]" }).waitFor();
    await panel.goTo("B7");
    expect((await panel.exact("g_W1"))[0]).toEqual(["0.055388", "0.110776"]);
    await panel.focus();
    await lab.page.keyboard.press("ArrowRight");
    expect(await panel.step()).toBe("B8");
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
