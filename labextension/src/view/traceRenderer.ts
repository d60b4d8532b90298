/** A trace in a cell's output: what it is, its loss, its gradients by shape, and the way into the panel. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import type { TraceDocument } from "nabla";
import { formatNumber } from "nabla/display";
import { gradients, shapeText } from "../trace/matrix.js";
import { validateTrace } from "../trace/validate.js";
import { el } from "./dom.js";
import type { Typeset } from "./typeset.js";

export interface TraceRendererOptions {
  readonly trans: TranslationBundle;
  readonly typeset: Typeset;
  readonly open: (document: TraceDocument) => void;
}

export class TraceRenderer extends Widget implements IRenderMime.IRenderer {
  constructor(
    private readonly mimeType: string,
    private readonly options: TraceRendererOptions,
  ) {
    super();
    this.addClass("jp-nabla-TraceOutput");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const validated = validateTrace(model.data[this.mimeType]);
    this.node.replaceChildren(
      ...("problem" in validated
        ? [el("p", { class: "jp-nabla-Notice" }, validated.problem)]
        : summary(validated.document, this.options)),
    );
  }
}

function summary(trace: TraceDocument, { trans, typeset, open }: TraceRendererOptions): HTMLElement[] {
  const single = Object.values(trace.tensors).filter(({ role, data }) => role === "value" && data.length === 1);
  const loss = single.at(-1);
  const parameters = Object.values(trace.tensors).filter(({ role }) => role === "parameter");
  const byVariable = gradients(trace);
  const shapes = parameters.flatMap(({ label, name }) => byVariable.get(label) ?? byVariable.get(name) ?? []);
  return [
    el(
      "p",
      { class: "jp-nabla-TraceOutput-head" },
      el("strong", {}, trace.title),
      " · ",
      loss ? typeset(loss.latex, { label: loss.label }) : undefined,
      loss ? ` = ${formatNumber(loss.data[0]!, 6)}` : "",
    ),
    el(
      "p",
      { class: "jp-nabla-TraceOutput-gradients" },
      ...shapes.flatMap(({ latex, label, shape }) => [
        el("span", {}, typeset(latex, { label }), ` ${shapeText(...shape)}`),
      ]),
    ),
    el(
      "button",
      { class: "jp-nabla-Button jp-mod-open", attrs: { type: "button" }, on: { click: () => open(trace) } },
      trans.__("Open in panel (%1 steps)", trace.steps.length),
    ),
  ];
}
