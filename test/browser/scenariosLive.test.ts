import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab, PYTHON } from "./lab.js";
import { openPanel, panelOf } from "./panel.js";
import { repository } from "./server.js";

const NETWORK = 'import { twoLayer } from "nabla";\nconst net = twoLayer();\nnet.backprop()';
const OTHER_INPUT = "const net = twoLayer({ x: [1, 3] });\nnet.backprop()";
const WEIGHTS = "console.log(JSON.stringify(net.config.W1))";
const SLOW = "const until = Date.now() + 2500;\nwhile (Date.now() < until);";

describe.skipIf(!browserPath)("the panel beside a notebook", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    lab = await openLab({ width: 1440, height: 800 });
    lab.page.setDefaultTimeout(20_000);
    await lab.writeNotebook("live.ipynb", [NETWORK, OTHER_INPUT, WEIGHTS, SLOW]);
    await lab.openNotebook("live.ipynb");
    panel = await openPanel(lab);
  });
  afterAll(() => lab?.close());

  async function run(cell: number): Promise<void> {
    await lab.page
      .locator(".jp-NotebookPanel:visible .jp-CodeCell")
      .nth(cell - 1)
      .click();
    await lab.command("notebook:run-cell");
  }
  /** Comms of the target that each notebook's connection has open. */
  const counts = () =>
    lab.page.evaluate(async () => {
      interface Widget {
        sessionContext?: {
          session?: { kernel?: { requestCommInfo(of: object): Promise<{ content: { comms?: object } }> } };
        };
      }
      const { jupyterapp } = window as unknown as {
        jupyterapp: { shell: { widgets(area: string): Iterable<Widget> } };
      };
      const kernels = [...jupyterapp.shell.widgets("main")].flatMap(
        (widget) => widget.sessionContext?.session?.kernel ?? [],
      );
      const infos = await Promise.all(kernels.map((kernel) => kernel.requestCommInfo({ target_name: "nabla.trace" })));
      return { comms: infos.map((info) => Object.keys(info.content.comms ?? {}).length) };
    });
  const statusIs = (words: string) =>
    panel.node
      .locator(".jp-nabla-Status", { hasText: new RegExp(`^${words.replace(/[[\]]/g, "\\$&")}$`, "u") })
      .waitFor();

  test("a notebook without a network says so and shows the demo network", async () => {
    await statusIs("stand-alone");
    await panel.node.getByText("No network yet in live.ipynb: the demo network is shown.").waitFor();
  });

  test("scenario 15: net.backprop() in a cell is live, with the number of the cell", async () => {
    await run(1);
    await statusIs("live [1]");
    await panel.goTo("B7");
    expect(await panel.exact("g_W1")).toEqual([
      ["0.055388", "0.110776"],
      ["−0.059484", "−0.118969"],
      ["0.010083", "0.020165"],
    ]);
  });

  test("scenario 15: another input updates the numbers and keeps the step", async () => {
    await run(2);
    await statusIs("live [2]");
    expect(await panel.step()).toBe("B7");
    expect((await panel.printed("x")).flat()).toEqual(["1", "3"]);
  });

  const setup = () => panel.node.getByRole("tab", { name: "Setup" }).click();
  const entry = (tensor: string, row: number, col: number) =>
    panel.node.locator(`.jp-nabla-Setup [data-tensor="${tensor}"] [data-row="${row - 1}"][data-col="${col - 1}"]`);
  async function type(tensor: string, row: number, col: number, text: string): Promise<void> {
    await entry(tensor, row, col).focus();
    await lab.page.keyboard.type(text);
    await lab.page.keyboard.press("Enter");
  }
  const output = (cell: number) =>
    lab.page
      .locator(".jp-Notebook .jp-CodeCell")
      .nth(cell - 1)
      .locator(".jp-OutputArea-output")
      .innerText()
      .then((text) => text.trim());

  test("scenario 15: a weight edited in the panel is changed in the next cell, and undo takes it back there", async () => {
    await setup();
    await type("W1", 2, 1, "7/4");
    await expect.poll(() => entry("W1", 2, 1).getAttribute("title")).toBe("1.75");
    await run(3);
    await expect.poll(() => output(3)).toBe("[[0.5,-1],[1.75,0.25],[-0.75,1]]");
    await statusIs("live [2]");
    await entry("W1", 1, 1).focus();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => entry("W1", 2, 1).getAttribute("title")).toBe("1.5");
    await run(3);
    await expect.poll(() => output(3)).toBe("[[0.5,-1],[1.5,0.25],[-0.75,1]]");
  });

  test("a convention changed in the header is changed in the kernel", async () => {
    await panel.node.locator('[data-convention="fused"]').click();
    await expect.poll(() => panel.node.locator('[data-convention="fused"]').innerText()).toBe("softmax fused");
    await statusIs("live [2]");
    expect(await panel.node.getByRole("combobox", { name: "softmax and loss" }).inputValue()).toBe("softmax fused");
    await panel.node.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => panel.node.locator('[data-convention="fused"]').innerText()).toBe("softmax unfused");
  });

  test("a change that the kernel refuses is one sentence, and while it is busy the change waits", async () => {
    await panel.node.getByRole("combobox", { name: "loss", exact: true }).selectOption("squared error");
    await expect
      .poll(() => panel.node.getByRole("combobox", { name: "loss", exact: true }).inputValue())
      .toBe("squared error");
    await type("y", 1, 1, "2");
    await expect.poll(() => entry("y", 1, 1).getAttribute("title")).toBe("2");
    await panel.node.getByRole("combobox", { name: "loss", exact: true }).selectOption("softmax and cross-entropy");
    await panel.node.getByText("the target of cross-entropy must be a distribution").first().waitFor();
    expect(await panel.node.getByRole("combobox", { name: "loss", exact: true }).inputValue()).toBe("squared error");
    const running = run(4);
    await lab.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor();
    await type("x", 1, 1, "5");
    await panel.node.getByText("The kernel is busy; the change waits.").first().waitFor();
    await expect.poll(() => entry("x", 1, 1).getAttribute("title"), { timeout: 6000 }).toBe("5");
    await running;
    await run(2);
    await expect.poll(() => entry("x", 1, 1).getAttribute("title")).toBe("1");
    await panel.node.getByRole("tab", { name: "Trace" }).click();
    await statusIs("live [6]");
    await panel.goTo("B7");
  });

  test("after a reload of the page the panel is there again, live, at its step", async () => {
    await lab.save();
    await lab.page.waitForTimeout(1000); // the workspace is saved after a pause of JupyterLab's own
    await lab.page.goto(`${lab.server.url}lab/tree/live.ipynb`);
    panel = panelOf(lab.page);
    await statusIs("live [6]");
    expect(await panel.step()).toBe("B7");
  });

  test("scenario 16: five restarts leave the last trace as stale; the cell run again is live, without duplicates", async () => {
    for (let i = 0; i < 5; i++) {
      await lab.restartKernel();
      await statusIs(i === 0 ? "stale [6]" : "stale [1]");
      expect(await panel.step()).toBe("B7");
      await run(1);
      await statusIs("live [1]");
      expect((await panel.printed("x")).flat()).toEqual(["1", "2"]);
    }
    expect(lab.errors).toEqual([]);
  });

  test("the output of the cell opens the panel", async () => {
    const button = lab.page.locator(".jp-nabla-TraceOutput .jp-mod-open").first();
    await button.click();
    await statusIs("live [1]");
  });

  test("several networks: the list in the header has them all, and what is chosen stays until a cell brings news", async () => {
    await lab.writeNotebook("two.ipynb", [
      `${NETWORK}`,
      'const other = twoLayer({ activation: "relu" });\nother.backprop()',
    ]);
    await lab.command("docmanager:open", { path: "two.ipynb" });
    await lab.page.locator(".jp-NotebookPanel:visible .jp-CodeCell").nth(1).waitFor();
    await panel.node.getByText("No network yet in two.ipynb").waitFor();
    await lab.kernelIdle();
    await lab.runAll();
    await statusIs("live [2]");
    const list = panel.node.getByRole("combobox", { name: "Network", exact: true });
    const names = () => list.locator("option").allInnerTexts();
    await expect.poll(names).toEqual(["net · live.ipynb", "net · two.ipynb", "other · two.ipynb", "in the panel"]);
    await list.selectOption("net · two.ipynb");
    await statusIs("live [1]");
    await list.selectOption("net · live.ipynb");
    await expect.poll(() => list.locator("option:checked").innerText()).toBe("net · live.ipynb");
    await list.selectOption("in the panel");
    await statusIs("stand-alone");
    await lab.command("notebook:run-all-cells");
    await statusIs("live [4]");
  });

  test("twenty times from notebook to notebook leave one comm with each kernel, after the restarts too", async () => {
    const before = await counts();
    for (let i = 0; i < 20; i++) {
      await lab.command("docmanager:open", { path: i % 2 === 0 ? "live.ipynb" : "two.ipynb" });
      await expect
        .poll(() => panel.node.locator(".jp-nabla-Header-title").innerText())
        .toContain(i % 2 === 0 ? "live.ipynb" : "two.ipynb");
    }
    expect(await counts()).toEqual(before);
    expect(before).toEqual({ comms: [1, 1] });
  });

  test("another kernel drives the panel: a neuron computed by ipykernel, as the README shows", async () => {
    const readme = await readFile(path.join(repository, "labextension/README.md"), "utf8");
    const [, code = ""] = /```python\n(.*?)```/su.exec(readme) ?? [];
    const [, update = ""] = /`(show\(neuron\(.*?\)\))`/u.exec(readme) ?? [];
    await lab.writeNotebook("python.ipynb", [code, update], PYTHON);
    await lab.command("docmanager:open", { path: "python.ipynb" });
    await lab.page.locator(".jp-NotebookPanel:visible .jp-CodeCell").nth(1).waitFor();
    await lab.kernelIdle();
    await run(1);
    await panel.node.getByText("A neuron in Python", { exact: false }).first().waitFor();
    await statusIs("live");
    expect(await panel.steps()).toEqual("F0 F1 F2 F3 B1 B2 B3".split(" "));
    await panel.goTo("B3");
    expect((await panel.exact("g_w")).flat()).toEqual(["−0.121938", "−0.243877"]);
    await panel.node.locator(".jp-nabla-LayoutBanner").click();
    expect(await panel.exact("g_w")).toEqual([["−0.121938"], ["−0.243877"]]);
    await panel.node.locator(".jp-nabla-LayoutBanner").click();
    await run(2);
    await expect.poll(async () => (await panel.exact("g_w")).flat()[1]).toBe("−0.194357");
    expect(await panel.step()).toBe("B3");
    await setup();
    await type("x", 1, 1, "5");
    await panel.node.getByText("This network cannot be changed here: it is not a two-layer network.").first().waitFor();
    await panel.node.getByRole("tab", { name: "Trace" }).click();
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
