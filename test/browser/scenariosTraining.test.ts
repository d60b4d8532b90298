import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oneLayer, threeLayers } from "../labextension/fixture.js";
import { accessibilityFaults } from "./accessibility.js";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, type panelOf } from "./panel.js";
import { repository } from "./server.js";

const shots = path.join(repository, "test-results/training");

describe.skipIf(!browserPath)("gradients are checked and networks are trained without a kernel", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    lab = await openLab({ width: 1440, height: 900 });
    await lab.page.locator(".jp-Launcher").waitFor();
    panel = await openPanel(lab);
  });
  afterAll(() => lab?.close());

  const tab = (name: string) => panel.node.getByRole("tab", { name });
  const button = (name: string | RegExp) => panel.node.getByRole("button", { name, exact: true });
  const part = (selector: string) => panel.node.locator(`.jp-nabla-Page:not([hidden]) ${selector}`);
  const text = (selector: string) => part(selector).innerText();
  const said = () => panel.node.locator("[aria-live]").innerText();
  const shot = (name: string) => panel.node.screenshot({ path: path.join(shots, `${name}.png`) });

  async function preset(name: string): Promise<void> {
    await tab("Setup").click();
    await button(name).click();
  }
  const verdicts = () =>
    part("tbody tr").evaluateAll((rows) =>
      rows.map(
        (row) => `${row.getAttribute("data-gradient")?.replace("∂L/∂", "")} ${row.getAttribute("data-verdict")}`,
      ),
    );

  test("scenario 10: every parameter agrees to 1e-7, the V is least near 1e-5", async () => {
    await tab("Check").click();
    await expect.poll(verdicts).toEqual(["W1 ok", "b1 ok", "W2 ok", "b2 ok", "x ok"]);
    expect(await text(".jp-nabla-Check-sentence")).toMatch(
      /^All 5 gradients agree; the largest relative error is \de−1[01]\.$/u,
    );
    expect(await text(".jp-nabla-Check-words")).toContain("at the step 1e−5");
    expect(await part(".jp-nabla-Check-curve svg[role=img]").getAttribute("aria-label")).toContain("at the step 1e−5");
  });

  test("scenario 10: φ′ dropped turns W1 and b1 bad, W2 and b2 stay ok, and that is said", async () => {
    await panel.node.getByLabel("Fault put into the backward pass").selectOption("φ′ dropped");
    await expect.poll(verdicts).toEqual(["W1 bad", "b1 bad", "W2 ok", "b2 ok", "x bad"]);
    expect(await said()).toBe("Wrong: ∂L/∂W1, ∂L/∂b1, ∂L/∂x. In agreement: ∂L/∂W2, ∂L/∂b2.");
    await part('[data-way="formula"] [data-row="1"][data-col="1"]').click();
    expect(await text(".jp-nabla-Check-entry")).toMatch(/^\[2,2\]: formula −0\.977321, reverse AD −0\.118969/u);
    await shot("fault");
    await panel.node.getByLabel("Fault put into the backward pass").selectOption("none");
    await expect.poll(verdicts).toEqual(["W1 ok", "b1 ok", "W2 ok", "b2 ok", "x ok"]);
  });

  test("scenario 9: the kink is told from a mistake, and φ′(0) = ½ makes them agree", async () => {
    await preset("Kink");
    await tab("Check").click();
    await expect.poll(verdicts).toEqual(["W1 kink", "b1 kink", "W2 ok", "b2 ok", "x kink"]);
    await panel.node.getByText("kink: backprop 0 (φ′(0)=0), difference 0.0408 = ½ of upstream 0.0815").waitFor();
    await button(/φ′\(0\)/u).click();
    await expect.poll(verdicts).toEqual(["W1 ok", "b1 ok", "W2 ok", "b2 ok", "x ok"]);
  });

  test("scenario 13: 200 steps pass the losses of the notes", async () => {
    await preset("Three samples");
    await tab("Train").click();
    await expect.poll(() => text(".jp-nabla-Train-status")).toBe("Not trained yet: loss 0.563947.");
    await button("Train").click();
    await expect.poll(() => text(".jp-nabla-Train-status")).toBe("Done after 200 steps: loss 0.013733.");
    expect(await said()).toBe("Done after 200 steps: loss 0.013733.");
    for (const [step, loss] of [
      [0, "0.563947"],
      [1, "0.493690"],
      [10, "0.291375"],
      [50, "0.080982"],
    ] as const) {
      await part(".jp-nabla-Slider").fill(String(step));
      expect(await text(".jp-nabla-Train-reading")).toBe(`step ${step}: loss ${loss}`);
    }
    await panel.node.getByText("3 of 3 samples on the right side.").waitFor();
    await shot("trained");
  });

  test("scenario 13: an epoch is traced in the place of the network, and the training stays", async () => {
    await button("Trace epoch 50").click();
    await panel.node.getByText("Step 50 of a training, rate 0.5.").waitFor();
    expect(await tab("Trace").getAttribute("aria-selected")).toBe("true");
    await panel.goTo("F5");
    expect(await panel.exact("L")).toEqual([["0.080982"]]);
    await tab("Train").click();
    expect(await text(".jp-nabla-Train-reading")).toBe("step 50: loss 0.080982");
    expect(await text(".jp-nabla-Train-status")).toBe("Done after 200 steps: loss 0.013733.");
  });

  test("scenario 13: a training is stopped within 200 ms", async () => {
    await panel.node.getByRole("spinbutton", { name: "Steps" }).fill("100000");
    await panel.node.getByLabel("Rate").fill("0.01");
    await button("Train").click();
    await button("Stop").waitFor();
    await lab.page.waitForTimeout(300);
    const within = await part('[data-do="train"]').evaluate(async (node: HTMLElement) => {
      const status = node.closest(".jp-nabla-Train")!.querySelector(".jp-nabla-Train-status")!;
      const asked = performance.now();
      node.click();
      while (!status.textContent!.startsWith("Stopped after")) await new Promise(requestAnimationFrame);
      return performance.now() - asked;
    });
    expect(within).toBeLessThan(200);
    await button("Reset").click();
    await expect.poll(() => text(".jp-nabla-Train-status")).toBe("Not trained yet: loss 0.563947.");
  });

  test("a rate that is too large stops with a sentence", async () => {
    await panel.node.getByLabel("Rate").fill("10000");
    await button("Train").click();
    const wanted =
      "Stopped at step 1: the loss is no longer a finite number. The rate 10000 is too large here; try 1000.";
    await expect.poll(() => text(".jp-nabla-Train-status")).toBe(wanted);
  });

  test("a rate that makes no sense is refused with a sentence", async () => {
    await panel.node.getByLabel("Rate").fill("-1");
    await button("Train").click();
    await expect
      .poll(() => text(".jp-nabla-Train-status"))
      .toBe("rate of a training: expected a positive number, got -1");
    await panel.node.getByLabel("Rate").fill("0.5");
  });

  test("scenario 14: of a saturated layer about 5e-7 of g_a comes back, and σ′ is named", async () => {
    await preset("Saturated");
    await tab("Train").click();
    await panel.node
      .getByText("Vanishing: layer 1 gets 4.8e−7 of what arrives at a. σ′ is at most 8.3e−7 there.")
      .waitFor();
    const share = (name: string) => part(`[data-flow="${name}"]`).getAttribute("data-share").then(Number);
    expect((await share("h")) / (await share("a"))).toBeCloseTo(5e-7, 7);
    expect((await part('[data-flow="h"] .jp-nabla-Flow-bar').boundingBox())!.width).toBeLessThan(0.1);
  });

  test.each(["light", "dark"] as const)("axe has nothing against both tabs in the %s theme", async (theme) => {
    await lab.setTheme(theme);
    for (const name of ["Check", "Train"]) {
      await tab(name).click();
      await part("svg[role=img]").first().waitFor();
      expect(await accessibilityFaults(lab.page, ".jp-nabla-Panel")).toEqual([]);
      expect(await panel.node.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
      await shot(`${name}-${theme}`);
    }
  });

  test.each([
    ["one layer", oneLayer(), "W ok, b ok"],
    ["three layers", threeLayers(), "W0 ok, b0 ok"],
  ])(
    "%s from elsewhere: every step is drawn, its own checks are shown, and it is not trained here",
    async (_, document, checks) => {
      await lab.command("nabla-trace:show-document", { document: JSON.parse(JSON.stringify(document)) });
      await tab("Trace").click();
      for (const { id } of document.steps) await panel.goTo(id);
      expect(await panel.steps()).toEqual(document.steps.map(({ id }) => id));
      await tab("Check").click();
      await expect
        .poll(async () => (await verdicts()).filter((line) => /^[Wb]0? /u.test(line)).join(", "))
        .toBe(checks);
      await tab("Train").click();
      await panel.node.getByText("This network cannot be trained here: it is not a two-layer network.").waitFor();
      await tab("Setup").click();
      expect(lab.errors).toEqual([]);
    },
  );

  test("a live network is trained as a copy, and its weights are written back when that is asked", async () => {
    const weights = "console.log(net.backprop().trace.tensors.W1.data[0].toFixed(6))";
    await lab.writeNotebook("train.ipynb", [
      'import { twoLayer } from "nabla";\nconst net = twoLayer();\nnet.backprop()',
      weights,
    ]);
    await lab.openNotebook("train.ipynb");
    panel = await openPanel(lab);
    await tab("Train").click();
    await lab.runAll();
    const status = () => panel.status();
    await expect.poll(status).toBe("live [1]");
    const printed = async (): Promise<string> => {
      const cell = lab.page.locator(".jp-Notebook .jp-CodeCell").nth(1);
      await cell.click();
      await lab.command("notebook:run-cell");
      return (await cell.locator(".jp-OutputArea-output").innerText()).trim();
    };
    await panel.node.getByRole("spinbutton", { name: "Steps" }).fill("1");
    await button("Train").click();
    await expect.poll(() => text(".jp-nabla-Train-status")).toBe("Done after 1 steps: loss 0.167075.");
    await button("Trace epoch 1").click();
    await panel.node.getByText("Step 1 of a training, rate 0.5. The notebook is unchanged.").waitFor();
    expect(await status()).toBe("stand-alone");
    expect(await printed()).toBe("0.500000");
    await tab("Train").click();
    await button("Back to the notebook's network").click();
    await expect.poll(status).toBe("live [1]");
    await button("Write these weights to the notebook").click();
    await expect.poll(printed).toBe("0.472306");
    expect(await text(".jp-nabla-Train-status")).toBe("Done after 1 steps: loss 0.167075.");
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
