// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import type { TraceDocument } from "nabla";
import { expect, test, vi } from "vitest";
import type { PanelContext } from "../../labextension/src/panel/context.js";
import { checkTab } from "../../labextension/src/panel/tabs/check.js";
import { NetworkEditor } from "../../labextension/src/setup/editor.js";
import { initialState, type PanelState } from "../../labextension/src/trace/state.js";
import { TraceStore } from "../../labextension/src/trace/store.js";
import { Studies } from "../../labextension/src/trace/studies.js";
import { el } from "../../labextension/src/view/dom.js";
import { demoTrace } from "./fixture.js";

const trans = nullTranslator.load("jupyterlab_nabla");

async function opened(document: TraceDocument, changes: Partial<PanelState> = {}) {
  const said: string[] = [];
  const state: PanelState = { ...initialState, document, ...changes };
  const context: PanelContext = {
    trans,
    editor: new NetworkEditor(new TraceStore(), trans),
    typeset: (latex) => el("span", {}, latex),
    dispatch: () => undefined,
    state: () => state,
    studies: new Studies(),
    openLarge: () => undefined,
    choose: () => undefined,
    address: "",
    say: (sentence) => said.push(sentence),
  };
  const tab = checkTab.create(context);
  window.document.body.replaceChildren(tab.node);
  tab.update(state);
  await vi.waitFor(() => expect(tab.node.querySelector("tbody tr")).not.toBeNull());
  const verdicts = (): string[] =>
    Array.from(
      tab.node.querySelectorAll("tbody tr"),
      (row) => `${row.getAttribute("data-gradient")} ${row.lastElementChild!.textContent}`,
    );
  return {
    node: tab.node,
    said,
    verdicts,
    text: (selector: string) => tab.node.querySelector(selector)?.textContent ?? "",
  };
}

test("every parameter with both errors and its verdict, and what it comes to", async () => {
  const { verdicts, text } = await opened(demoTrace());
  expect(verdicts()).toEqual(["∂L/∂W1 ✓ ok", "∂L/∂b1 ✓ ok", "∂L/∂W2 ✓ ok", "∂L/∂b2 ✓ ok", "∂L/∂x ✓ ok"]);
  expect(text(".jp-nabla-Check-sentence")).toMatch(
    /^All 5 gradients agree; the largest relative error is \de−1[01]\.$/,
  );
  expect(text(".jp-nabla-Check-words")).toMatch(/least, \de−11, at the step 1e−5/);
});

test("a fault chosen from the menu is said to a screen reader with what it hits", async () => {
  const { node, verdicts, said } = await opened(demoTrace());
  const menu = await vi.waitFor(() => node.querySelector("select")!);
  expect(Array.from(menu.options, ({ text }) => text)).toContain("transpose forgotten");
  menu.selectedIndex = 1;
  menu.dispatchEvent(new Event("change"));
  await vi.waitFor(() => expect(said).toEqual(["Wrong: ∂L/∂W1, ∂L/∂b1, ∂L/∂x. In agreement: ∂L/∂W2, ∂L/∂b2."]));
  expect(verdicts().map((line) => line.split(" ").at(-1))).toEqual(["bad", "bad", "ok", "ok", "bad"]);
});

test("a row opens its gradient three ways; an entry is written out in the layout in force", async () => {
  const { node, text } = await opened(demoTrace(), { layout: "numerator" });
  node.querySelector<HTMLElement>('[data-gradient="∂L/∂W2"] button')!.click();
  expect(Array.from(node.querySelectorAll("[data-way]"), (way) => way.getAttribute("data-way"))).toEqual([
    "formula",
    "reverse AD",
    "difference",
  ]);
  node.querySelector<HTMLElement>('[data-way="formula"] [data-row="2"][data-col="1"]')!.click();
  expect(text(".jp-nabla-Check-entry")).toMatch(
    /^\[3,2\]: formula −0\.230344, reverse AD −0\.230344, difference −0\.230344, relative error/,
  );
  expect(text(".jp-nabla-Check-words")).toContain("The error of this entry is least");
});

test("a trace of another network shows the checks that it brings along", async () => {
  const demo = demoTrace();
  const { W2: _, ...tensors } = demo.tensors;
  const steps = demo.steps.filter(({ operands }) => !operands.includes("W2"));
  const { verdicts, node } = await opened({ ...demo, tensors, steps });
  expect(verdicts()).toContain("∂L/∂W1 ✓ ok");
  expect(node.querySelector<HTMLElement>(".jp-nabla-Check-curve")!.hidden).toBe(true);
});
