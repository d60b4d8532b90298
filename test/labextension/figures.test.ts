// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import type { PanelContext } from "../../labextension/src/panel/context.js";
import { outlineEntries, tensorFigure } from "../../labextension/src/panel/tensor.js";
import { NetworkEditor } from "../../labextension/src/setup/editor.js";
import { type Action, initialState } from "../../labextension/src/trace/state.js";
import { TraceStore } from "../../labextension/src/trace/store.js";
import { el } from "../../labextension/src/view/dom.js";
import { at, demoTrace } from "./fixture.js";

const trans = nullTranslator.load("jupyterlab_nabla");

function contextOf(document: ReturnType<typeof demoTrace>) {
  const sent: Action[] = [];
  const context: PanelContext = {
    trans,
    editor: new NetworkEditor(new TraceStore(), trans),
    typeset: (latex) => el("span", {}, latex),
    dispatch: (action) => sent.push(action),
    state: () => ({ ...initialState, document, step: at(document, "B9") }),
    say: () => undefined,
  };
  return { context, sent };
}

const demo = demoTrace();
const data = Array.from({ length: 200 * 100 }, (_, i) => (i === 101 * 100 + 57 ? 9 : Math.sin(i)));
const large = { ...demo, tensors: { ...demo.tensors, W1: { ...demo.tensors.W1!, shape: [200, 100] as const, data } } };

test("a small matrix is drawn entry by entry, without a sentence", () => {
  const figure = tensorFigure(demo, "W1", contextOf(demo).context);
  expect(figure.querySelectorAll("[role=gridcell]")).toHaveLength(6);
  expect(figure.querySelector(".jp-nabla-Tensor-cut")).toBeNull();
});

test("a large matrix is drawn in parts and says so", () => {
  const figure = tensorFigure(large, "W1", contextOf(large).context);
  expect(figure.querySelectorAll("[role=gridcell]")).toHaveLength(29 * 25);
  expect(figure.querySelector(".jp-nabla-Tensor-cut")!.textContent).toBe(
    "Drawn smaller than it is (200×100): each cell is the entry of largest magnitude of a 7×4 part.",
  );
  expect(figure.querySelector(".jp-nabla-Tensor-shape")!.textContent).toBe("200×100");
});

test("a cell of a part selects the entry that it shows, and is outlined for it", () => {
  const { context, sent } = contextOf(large);
  const figure = tensorFigure(large, "W1", context);
  const cell = figure.querySelector<HTMLElement>('[data-row="14"][data-col="14"]')!;
  expect(cell.getAttribute("aria-label")).toBe("W1 row 102 column 58, 9");
  cell.dispatchEvent(new Event("focusin", { bubbles: true }));
  const entry = { tensor: "W1", row: 101, col: 57 };
  expect(sent).toEqual([{ type: "select", entry }]);
  outlineEntries(el("div", {}, figure), [entry], large, "denominator");
  expect(cell.className).toContain("jp-mod-outlined");
});

test("a number that is none is shown as NaN", () => {
  const trace = { ...demo, tensors: { ...demo.tensors, x: { ...demo.tensors.x!, data: [Number.NaN, 2] } } };
  const figure = tensorFigure(trace, "x", contextOf(trace).context);
  expect(Array.from(figure.querySelectorAll("[role=gridcell]"), (cell) => cell.textContent)).toEqual(["NaN", "2"]);
});
