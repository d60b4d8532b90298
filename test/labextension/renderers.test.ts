// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import { DERIVATION_MIME, TRACE_MIME } from "nabla";
import { expect, test, vi } from "vitest";
import { DerivationRenderer } from "../../labextension/src/derivation/renderer.js";
import { el } from "../../labextension/src/view/dom.js";
import { TraceRenderer } from "../../labextension/src/view/traceRenderer.js";
import { createTypeset, type Typeset } from "../../labextension/src/view/typeset.js";
import { logDeterminant } from "../display/documents.js";
import { demoTrace } from "./fixture.js";

vi.mock("@jupyterlab/apputils", () => ({ Clipboard: {} }));

const trans = nullTranslator.load("jupyterlab_nabla");
const plain: Typeset = (latex) => el("span", {}, latex);
const broken: Typeset = () => {
  throw new Error("typesetting failed");
};
const model = (mime: string, value: unknown) => ({ data: { [mime]: value } }) as never;

test("what a renderer throws is a rejection, which the output area can show", async () => {
  const derivation = new DerivationRenderer(DERIVATION_MIME, { trans, typeset: broken });
  await expect(derivation.renderModel(model(DERIVATION_MIME, logDeterminant))).rejects.toThrow("typesetting failed");
  const trace = new TraceRenderer(TRACE_MIME, { trans, typeset: broken, open: () => undefined });
  await expect(trace.renderModel(model(TRACE_MIME, demoTrace()))).rejects.toThrow("typesetting failed");
});

test("a derivation that cannot be read is a sentence", async () => {
  const renderer = new DerivationRenderer(DERIVATION_MIME, { trans, typeset: plain });
  await renderer.renderModel(model(DERIVATION_MIME, { ...logDeterminant, shown: null }));
  expect(renderer.node.textContent).toBe(
    "This derivation cannot be shown: a part of it is missing. Run the cell again.",
  );
  await renderer.renderModel(model(DERIVATION_MIME, { ...logDeterminant, version: 9 }));
  expect(renderer.node.textContent).toMatch(/another version of Nabla/u);
});

test("a condition is announced, and an erratum without a title has one", async () => {
  const renderer = new DerivationRenderer(DERIVATION_MIME, { trans, typeset: plain });
  await renderer.renderModel(model(DERIVATION_MIME, logDeterminant));
  expect(renderer.node.querySelector(".jp-nabla-Page-condition")!.textContent).toMatch(/^Condition: /u);
  expect(renderer.node.querySelector(".jp-nabla-Box strong")!.textContent).toBe("Erratum");
  expect(renderer.node.querySelector(".jp-nabla-Bar")!.getAttribute("role")).toBe("group");
});

test("a formula is called by its plain form", () => {
  const node = createTypeset(null)("\\mathbf X^{-\\top}");
  expect(node.getAttribute("aria-label")).toBe("X⁻ᵀ");
});
