// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import { studyTrace } from "nabla";
import { expect, test } from "vitest";
import { chainLatex } from "../../labextension/src/panel/chain.js";
import type { PanelContext } from "../../labextension/src/panel/context.js";
import { sceneOf } from "../../labextension/src/panel/scene.js";
import { outlineEntries, tensorFigure } from "../../labextension/src/panel/tensor.js";
import { NetworkEditor } from "../../labextension/src/setup/editor.js";
import { type Action, initialState } from "../../labextension/src/trace/state.js";
import { TraceStore } from "../../labextension/src/trace/store.js";
import { Studies } from "../../labextension/src/trace/studies.js";
import { el } from "../../labextension/src/view/dom.js";
import { at, demoTrace } from "./fixture.js";

const trans = nullTranslator.load("jupyterlab_nabla");

function contextOf(document: ReturnType<typeof demoTrace>) {
  const sent: Action[] = [];
  const context: PanelContext = {
    trans,
    editor: new NetworkEditor(new TraceStore(), trans),
    typeset: (latex) => el("span", {}, latex),
    studies: new Studies(),
    openLarge: () => undefined,
    dispatch: (action) => sent.push(action),
    state: () => ({ ...initialState, document, step: at(document, "B9") }),
    choose: () => undefined,
    address: "",
    say: () => undefined,
  };
  return { context, sent, scene: sceneOf(context.state(), context.studies)! };
}

const demo = demoTrace();
const data = Array.from({ length: 200 * 100 }, (_, i) => (i === 101 * 100 + 57 ? 9 : Math.sin(i)));
const large = { ...demo, tensors: { ...demo.tensors, W1: { ...demo.tensors.W1!, shape: [200, 100] as const, data } } };

const draw = (trace: ReturnType<typeof demoTrace>, name: string): HTMLElement => {
  const { scene, context } = contextOf(trace);
  return tensorFigure(scene, name, context);
};

test("a small matrix is drawn entry by entry, without a sentence", () => {
  const figure = draw(demo, "W1");
  expect(figure.querySelectorAll("[role=gridcell]")).toHaveLength(6);
  expect(figure.querySelector(".jp-nabla-Tensor-cut")).toBeNull();
});

test("a large matrix is drawn in parts and says so", () => {
  const figure = draw(large, "W1");
  expect(figure.querySelectorAll("[role=gridcell]")).toHaveLength(29 * 25);
  expect(figure.querySelector(".jp-nabla-Tensor-cut")!.textContent).toBe(
    "Drawn smaller than it is (200×100): each cell is the entry of largest magnitude of a 7×4 part.",
  );
  expect(figure.querySelector(".jp-nabla-Tensor-shape")!.textContent).toBe("200×100");
});

test("a cell of a part selects the entry that it shows, and is outlined for it", () => {
  const { context, sent, scene } = contextOf(large);
  const figure = tensorFigure(scene, "W1", context);
  const cell = figure.querySelector<HTMLElement>('[data-row="14"][data-col="14"]')!;
  expect(cell.getAttribute("aria-label")).toBe("W1 row 102 column 58, 9");
  cell.dispatchEvent(new Event("focusin", { bubbles: true }));
  const entry = { tensor: "W1", row: 101, col: 57 };
  expect(sent).toEqual([{ type: "select", entry }]);
  outlineEntries(el("div", {}, figure), [entry], scene);
  expect(cell.className).toContain("jp-mod-outlined");
});

test("a number that is none is shown as NaN", () => {
  const trace = { ...demo, tensors: { ...demo.tensors, x: { ...demo.tensors.x!, data: [Number.NaN, 2] } } };
  const figure = draw(trace, "x");
  expect(Array.from(figure.querySelectorAll("[role=gridcell]"), (cell) => cell.textContent)).toEqual(["NaN", "2"]);
});

test("a transposed factor shows rows as columns, and its cells select the entries that they show", () => {
  const { context, sent, scene } = contextOf(demo);
  const figure = tensorFigure(scene, "W1", context, { turned: true });
  expect(figure.querySelector(".jp-nabla-Tensor-shape")!.textContent).toBe("2×3");
  const cell = figure.querySelector<HTMLElement>('[data-row="1"][data-col="2"]')!;
  expect(cell.getAttribute("aria-label")).toBe("W1 row 3 column 2, 1");
  cell.dispatchEvent(new Event("focusin", { bubbles: true }));
  expect(sent).toEqual([{ type: "select", entry: { tensor: "W1", row: 2, col: 1 } }]);
  outlineEntries(el("div", {}, figure), [{ tensor: "W1", row: 2, col: 1 }], scene);
  expect(cell.className).toContain("jp-mod-outlined");
});

test("a cell says what it is made of", async () => {
  const study = studyTrace(demo);
  const { context, scene } = contextOf(demo);
  const label = (name: string, row: number, col: number): string | null | undefined =>
    tensorFigure({ ...scene, study, at: at(demo, demo.tensors[name]!.madeBy) }, name, context)
      .querySelector(`[data-row="${row}"][data-col="${col}"]`)
      ?.getAttribute("aria-label");
  expect(label("g_W1", 1, 1)).toBe("∂L/∂W1 row 2 column 2, −0.119, product of ∂L/∂h row 2 and x 2");
  expect(label("g_a", 0, 0)).toBe("∂L/∂a row 1 column 1, 0.349, sum of products of W2 column 1 and ∂L/∂z");
  expect(label("g_h", 0, 0)).toBe("∂L/∂h row 1 column 1, 0.055, product of ∂L/∂a row 1 and φ′(h) 1");
  expect(label("x", 0, 0)).toBe("x row 1 column 1, 1");
});

test("against the revision before, each number that changed says by how much", () => {
  const { context, scene } = contextOf(demo);
  const x = { ...demo.tensors.x!, data: [1, 3] };
  const previous = { ...demo, tensors: { ...demo.tensors, x } };
  const cells = tensorFigure({ ...scene, previous }, "x", context).querySelectorAll("[role=gridcell]");
  expect(Array.from(cells, (cell) => cell.textContent)).toEqual(["1", "2▼1"]);
  expect(cells[1]!.getAttribute("aria-label")).toBe("x row 2 column 1, 2, 1 less than before");
});

test("the chain grows on the left in denominator layout, on the right in numerator layout", () => {
  const step = demo.steps[at(demo, "B6")]!;
  const links = ["a", "z", "p"].map((name) => demo.tensors[name]!.latex);
  const [a, z, p] = links;
  const h = demo.tensors.h!.latex;
  const whole = `\\frac{\\partial L}{\\partial ${h}}=`;
  const forward = [`\\frac{\\partial L}{\\partial ${p}}`, `\\frac{\\partial ${p}}{\\partial ${z}}`];
  const all = [...forward, `\\frac{\\partial ${z}}{\\partial ${a}}`, `\\frac{\\partial ${a}}{\\partial ${h}}`];
  expect(chainLatex(demo, step, "numerator")).toBe(whole + all.join("\\,"));
  expect(chainLatex(demo, step, "denominator")).toBe(whole + [...all].reverse().join("\\,"));
  expect(chainLatex(demo, demo.steps[at(demo, "F3")]!, "numerator")).toBeUndefined();
});
