/** The renderers of our MIME types and of plotly's. All have rank 0 and are safe: they build nodes, never HTML. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IThemeManager } from "@jupyterlab/apputils";
import { ILatexTypesetter, IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { DERIVATION_MIME, TRACE_MIME } from "nabla";
import { commands } from "../commands.js";
import { DerivationRenderer } from "../derivation/renderer.js";
import { PLOTLY_MIME, PlotRenderer } from "../plot/renderer.js";
import { TraceRenderer } from "../view/traceRenderer.js";
import { createTypeset } from "../view/typeset.js";

const factory = (
  mimeType: string,
  createRenderer: IRenderMime.IRendererFactory["createRenderer"],
): IRenderMime.IRendererFactory => ({ safe: true, mimeTypes: [mimeType], defaultRank: 0, createRenderer });

export const derivationPlugin: JupyterFrontEndPlugin<void> = {
  id: "jupyterlab-nabla:derivation",
  description: "Shows derivations with their rules, in both layouts.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ILatexTypesetter, ITranslator],
  activate: (
    _: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    typesetter: ILatexTypesetter | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("jupyterlab_nabla");
    const typeset = createTypeset(typesetter);
    registry.addFactory(
      factory(DERIVATION_MIME, ({ mimeType }) => new DerivationRenderer(mimeType, { trans, typeset })),
      0,
    );
  },
};

export const traceOutputPlugin: JupyterFrontEndPlugin<void> = {
  id: "jupyterlab-nabla:trace-output",
  description: "Shows a backpropagation trace as a summary that opens the panel.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ILatexTypesetter, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    typesetter: ILatexTypesetter | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("jupyterlab_nabla");
    const typeset = createTypeset(typesetter);
    const open = (document: object): void => void app.commands.execute(commands.show, { document: document as never });
    registry.addFactory(
      factory(TRACE_MIME, ({ mimeType }) => new TraceRenderer(mimeType, { trans, typeset, open })),
      0,
    );
  },
};

export const plotPlugin: JupyterFrontEndPlugin<void> = {
  id: "jupyterlab-nabla:plot",
  description: "Draws plotly figures in the colours of the theme.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IThemeManager, ITranslator],
  activate: (
    _: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    themes: IThemeManager | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("jupyterlab_nabla");
    registry.addFactory(
      factory(PLOTLY_MIME, ({ mimeType }) => new PlotRenderer(mimeType, { trans, themes })),
      0,
    );
  },
};
