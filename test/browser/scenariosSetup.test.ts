import { readFile } from "node:fs/promises";
import { traceNetwork } from "nabla";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./accessibility.js";
import { browserPath, type Lab, openLab } from "./lab.js";
import { openPanel, type panelOf } from "./panel.js";

describe.skipIf(!browserPath)("the network is set up without a kernel", () => {
  let lab: Lab;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    lab = await openLab({ width: 1440, height: 900 });
    await lab.page.locator(".jp-Launcher").waitFor();
    lab.page.setDefaultTimeout(10_000);
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

  const cell = (tensor: string, row: number, col: number) =>
    panel.node.locator(`.jp-nabla-Setup [data-tensor="${tensor}"] [data-row="${row - 1}"][data-col="${col - 1}"]`);
  const type = async (tensor: string, row: number, col: number, text: string): Promise<void> => {
    await cell(tensor, row, col).focus();
    await lab.page.keyboard.type(text);
    await lab.page.keyboard.press("Enter");
  };
  const paste = (tensor: string, row: number, col: number, text: string) =>
    cell(tensor, row, col).evaluate((node, data) => {
      node.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", data);
      node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  const notice = () => panel.node.locator(".jp-nabla-Notice").innerText();
  const sentence = () => panel.node.locator(".jp-nabla-Step-sentence").innerText();
  const list = (name: string) => panel.node.getByRole("combobox", { name, exact: true });
  const setup = () => tab("Setup").click();
  const trace = async (step: string): Promise<void> => {
    await tab("Trace").click();
    await panel.goTo(step);
  };
  const preset = async (name: string): Promise<void> => {
    await setup();
    await button(name).click();
  };

  test("scenario 7: x₂ = 3 changes later values, the step stays, and undo restores L exactly", async () => {
    await trace("F5");
    const before = await panel.exact("L");
    expect(before).toEqual([["0.327441"]]);
    await setup();
    await type("x", 2, 1, "3");
    await tab("Trace").click();
    expect(await panel.step()).toBe("F5");
    expect(await panel.exact("L")).not.toEqual(before);
    await setup();
    await cell("x", 1, 1).focus();
    await lab.page.keyboard.press("Control+z");
    await expect.poll(() => cell("x", 2, 1).innerText()).toBe("2");
    await tab("Trace").click();
    expect(await panel.exact("L")).toEqual(before);
  });

  test("scenario 8: in the dead ReLU preset row 1 of ∂L/∂W1 is zero, and the sentence says why", async () => {
    await preset("Dead ReLU");
    await trace("B7");
    expect((await panel.exact("g_W1"))[0]).toEqual(["0", "0"]);
    expect(await sentence()).toContain("Its row is 0 where the unit is dead: h₁ = −1.4 < 0.");
  });

  test("scenario 9: at the kink backprop and difference differ by agreement, and φ′(0) = ½ makes them agree", async () => {
    await preset("Kink");
    await trace("B8");
    const line = panel.node.locator(".jp-nabla-Checks li");
    expect(await line.getAttribute("data-verdict")).toBe("kink");
    expect(await line.innerText()).toContain("kink: backprop 0 (φ′(0)=0), difference 0.0408 = ½ of upstream 0.0815");
    await panel.node.locator('[data-convention="kink"]').click();
    await expect.poll(() => line.getAttribute("data-verdict")).toBe("ok");
    expect(await panel.node.locator('[data-convention="kink"]').innerText()).toBe("φ′(0) = ½");
    expect((await panel.exact("g_b1"))[0]).toEqual(["0.040764"]);
  });

  test("scenario 12: three samples; mean divides every gradient by 3, and B4 shows three rows added", async () => {
    await preset("Demo");
    await panel.node.getByLabel("samples N").fill("3");
    await panel.node.getByLabel("samples N").press("Enter");
    await expect.poll(() => cell("x", 3, 2).count()).toBe(1);
    await paste("x", 1, 1, "1\t2\n-1\t0.5\n0.5\t-1.5");
    await paste("y", 1, 1, "[[0, 1], [1, 0], [0, 1]]");
    await trace("F5");
    await expect.poll(() => panel.exact("L")).toEqual([["1.691842"]]);
    await panel.goTo("B4");
    expect(await sentence()).toContain("The contributions of the samples are added.");
    const sum = (await panel.exact("g_b2")).flat().map((text) => Number(text.replace("−", "-")));
    await panel.node.locator('[data-convention="reduction"]').click();
    await expect
      .poll(async () => (await panel.exact("g_b2")).flat().map((text) => Number(text.replace("−", "-"))))
      .toEqual(sum.map((value) => expect.closeTo(value / 3, 5)));
    await panel.goTo("F5");
    expect(await panel.exact("L")).toEqual([["0.563947"]]);
  });

  test("what cannot be taken is one sentence with its place, and the last good network stays", async () => {
    await preset("Demo");
    await type("W1", 2, 1, "1abc");
    expect(await notice()).toBe("W1, row 2, column 1: “1abc” is no number.");
    await paste("W1", 1, 1, "1\t2\n3");
    expect(await notice()).toBe("Pasted row 2 has length 1, row 1 has length 2.");
    await type("b1", 1, 1, "1/0");
    expect(await notice()).toBe("b1, row 1, column 1: 1/0 is not a finite number.");
    await paste("y", 1, 1, "0.5\n0.25");
    await expect.poll(notice).toContain("the target of cross-entropy must be a distribution");
    for (const wrong of ["512", "0", "2.5"]) {
      await panel.node.getByLabel("hidden m").fill(wrong);
      await panel.node.getByLabel("hidden m").press("Enter");
      expect(await notice()).toBe(`hidden m: a whole number from 1 to 8, got ${wrong}.`);
      expect(await panel.node.getByLabel("hidden m").inputValue()).toBe("3");
    }
    await trace("F5");
    expect(await panel.exact("L")).toEqual([["0.327441"]]);
  });

  test("every choice of functions and conventions makes a network, and its way back", async () => {
    await preset("Demo");
    for (const [label, words] of [
      ["activation φ", "leaky ReLU"],
      ["loss", "squared error"],
      ["squared error", "‖r‖²/k"],
      ["digits", "6 digits"],
    ] as const)
      await list(label).selectOption(words);
    await panel.node.getByRole("checkbox", { name: "bias" }).uncheck();
    await expect.poll(() => cell("b1", 1, 1).count()).toBe(0);
    expect(await panel.node.locator(".jp-nabla-Conventions").innerText()).toMatch(/‖r‖²\/k.*φ′\(0\) = ½.*6 digits/su);
    for (let i = 0; i < 5; i++) await button("Undo").click();
    await expect.poll(() => cell("b1", 1, 1).count()).toBe(1);
    expect(await list("loss").inputValue()).toBe("softmax and cross-entropy");
  });

  const text = () => panel.node.getByLabel("JSON to open, or what was copied");
  const open = async (json: string): Promise<void> => {
    await text().fill(json);
    await button("Open this text").click();
  };

  test("what is saved are files with their contents, and a picture of the step", async () => {
    await preset("Kink");
    const saved = async (name: string): Promise<Buffer> => {
      const [file] = await Promise.all([lab.page.waitForEvent("download"), button(name).click()]);
      return readFile(await file.path());
    };
    expect(JSON.parse(String(await saved("Network JSON")))).toMatchObject({
      kind: "nabla.network",
      b1: [1.5, -0.2, 0.3],
    });
    expect(JSON.parse(String(await saved("Trace JSON")))).toMatchObject({ kind: "nabla.trace", version: 1 });
    expect(String(await saved("LaTeX"))).toContain("\\begin{document}");
    expect(String(await saved("Step as SVG"))).toMatch(/^<svg xmlns=/u);
    expect([...(await saved("Step as PNG")).subarray(1, 4)]).toEqual([..."PNG"].map((c) => c.charCodeAt(0)));
  });

  test("a hostile import is a sentence, runs nothing, and the last good network stays", async () => {
    await preset("Demo");
    for (const [json, sentence] of [
      ["<script>window.hacked = true</script>", "This is not JSON."],
      [
        '{"kind":"nabla.trace","version":99}',
        "The trace has version 99; this panel reads version 1. Update jupyterlab-nabla.",
      ],
      [
        '{"kind":"nabla.network","version":1,"sizes":[2,512,2]}',
        "sizes: expected three whole numbers from 1 to 8, got [2,512,2].",
      ],
    ] as const) {
      await open(json);
      await expect.poll(notice).toBe(sentence);
    }
    const large = traceNetwork({ sizes: [12, 3, 2], seed: 1, title: "<img src=x onerror='window.hacked = true'>" });
    const steps = large.steps.map((step) => ({ ...step, sentence: "<b onclick='window.hacked = true'>x</b>" }));
    const first = steps[0]!;
    const link = { symbolic: "\\href{javascript:window.hacked=true}{x}", shapes: "", numbers: "", unrolled: "" };
    await open(
      JSON.stringify({
        ...large,
        steps: [{ ...first, formula: { denominator: link, numerator: link } }, ...steps.slice(1)],
      }),
    );
    await expect.poll(notice).toContain("Opened as it was saved");
    await trace("F0");
    await lab.page.waitForTimeout(300);
    expect(await panel.node.locator("[href^='javascript'], img, b[onclick]").count()).toBe(0);
    expect(await lab.page.evaluate(() => "hacked" in window)).toBe(false);
    await preset("Demo");
    await expect.poll(() => cell("x", 2, 1).getAttribute("title")).toBe("2");
  });

  test("a link opens the panel at the same network, step and layout", async () => {
    await preset("Saturated");
    await trace("B6");
    await panel.node.locator(".jp-nabla-LayoutBanner").click();
    await setup();
    await button("Copy link").click();
    await expect.poll(() => text().inputValue()).toMatch(/\/lab#nabla=/u);
    const link = await text().inputValue();
    await lab.page.goto("about:blank");
    await lab.page.goto(link);
    await panel.node.locator('.jp-nabla-Mark[aria-current="step"]', { hasText: "B6" }).waitFor({ timeout: 30_000 });
    expect(await panel.layout()).toBe("numerator layout");
    await expect.poll(sentence).toContain("The layer is saturated");
    expect(lab.page.url()).not.toContain("nabla=");
    await panel.node.locator(".jp-nabla-LayoutBanner").click();
  });

  test.each(["light", "dark"] as const)("axe has nothing against Setup in the %s theme", async (theme) => {
    await lab.setTheme(theme);
    await setup();
    const chosen = await panel.node
      .locator(".jp-nabla-Setup select")
      .evaluateAll((lists) => lists.map((list) => (list as HTMLSelectElement).selectedIndex));
    expect(Math.min(...chosen)).toBe(0);
    expect(await accessibilityFaults(lab.page, ".jp-nabla-Panel")).toEqual([]);
    expect(await panel.node.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  });

  test("nothing was asked of the network and nothing went wrong", () => {
    expect(lab.outside).toEqual([]);
    expect(lab.errors).toEqual([]);
  });
});
