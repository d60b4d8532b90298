/** The network and its trace out of the panel and into it: files, texts, a link. */
import type { NetworkConfig, TraceDocument } from "nabla";
import { traceLatex } from "nabla/display";
import { download, pngOf } from "../../exchange/download.js";
import { readImport } from "../../exchange/import.js";
import { networkFile } from "../../exchange/network.js";
import { linkHash } from "../../exchange/permalink.js";
import { stepPicture } from "../../exchange/picture.js";
import { typescriptCell } from "../../exchange/typescript.js";
import { configOf } from "../../trace/engine.js";
import type { PanelState } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import type { PanelContext, Part } from "../context.js";

/** What is shown, as it is handed on. */
interface Shown {
  readonly state: PanelState;
  readonly document: TraceDocument;
  /** Undefined for a network that is not of two layers. */
  readonly config: NetworkConfig | undefined;
}

export function exchangePart(context: PanelContext): Part {
  const { trans, editor, dispatch, say, address } = context;
  const tell = (notice: string): void => {
    dispatch({ type: "notice", notice });
    say(notice);
  };
  const text = el("textarea", {
    class: "jp-nabla-Exchange-text",
    attrs: { rows: 4, spellcheck: "false", "aria-label": trans.__("JSON to open, or what was copied") },
  });
  const action = (name: string, label: string, click: () => unknown): HTMLElement =>
    el("button", { class: "jp-nabla-Button", attrs: { type: "button", "data-do": name }, on: { click } }, label);

  const give = (name: string, label: string, make: (shown: Shown) => Promise<void> | void): HTMLElement =>
    action(name, label, async () => {
      const state = context.state();
      if (!state.document) return;
      // In the layout that is looked at, whatever the document began with.
      const conventions = { ...state.document.conventions, layout: state.layout };
      const document = { ...state.document, conventions };
      try {
        await make({ state, document, config: await configOf(document) });
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
      }
    });
  const copy = async (config: NetworkConfig | undefined, words: (of: NetworkConfig) => string): Promise<void> => {
    if (!config) return tell(trans.__("This network is not of two layers: only its trace can be saved."));
    text.value = words(config);
    text.select();
    const copied = await navigator.clipboard?.writeText(text.value).then(
      () => true,
      () => false,
    );
    tell(copied ? trans.__("Copied.") : trans.__("Copy it from the text in Setup."));
  };
  const picture = ({ document, state }: Shown): string => stepPicture(document, state.step, state.layout);
  const file = (state: PanelState): string => `nabla-${state.document?.steps[state.step]?.id ?? "step"}`;

  const open = async (json: string): Promise<void> => {
    const read = await readImport(json, trans);
    if ("problem" in read) return tell(read.problem);
    if ("config" in read) {
      if (await editor.open(read.config)) tell(trans.__("Opened in the panel."));
    } else
      dispatch({
        type: "show",
        document: read.document,
        status: "stand-alone",
        notice: trans.__("Opened as it was saved; the panel cannot compute it anew."),
        history: { past: [], future: [] },
      });
  };
  const chosen: HTMLInputElement = el("input", {
    attrs: { type: "file", accept: ".json,application/json", hidden: true },
    on: {
      change: async () => {
        const [first] = chosen.files ?? [];
        chosen.value = "";
        if (first) await open(await first.text());
      },
    },
  });
  const json = (value: unknown): string => JSON.stringify(value, null, 1);
  const node = el(
    "section",
    { attrs: { "aria-label": trans.__("Save and open") } },
    el("h3", {}, trans.__("Save and open")),
    el(
      "div",
      { class: "jp-nabla-Setup-row" },
      give("link", trans.__("Copy link"), ({ config, state, document }) =>
        copy(config, (of) => {
          const step = document.steps[state.step]?.id ?? "";
          return address + linkHash({ config: of, step, layout: state.layout });
        }),
      ),
      give("typescript", trans.__("Copy as cell"), ({ config }) => copy(config, typescriptCell)),
      give("network", trans.__("Network JSON"), ({ config, document }) =>
        config
          ? download("nabla-network.json", json(networkFile(config)), "application/json")
          : download("nabla-trace.json", json(document), "application/json"),
      ),
      give("trace", trans.__("Trace JSON"), ({ document }) =>
        download("nabla-trace.json", json(document), "application/json"),
      ),
      give("latex", trans.__("LaTeX"), ({ document }) =>
        download("nabla-trace.tex", traceLatex(document), "application/x-tex"),
      ),
      give("svg", trans.__("Step as SVG"), (shown) =>
        download(`${file(shown.state)}.svg`, picture(shown), "image/svg+xml"),
      ),
      give("png", trans.__("Step as PNG"), async (shown) =>
        download(`${file(shown.state)}.png`, await pngOf(picture(shown)), "image/png"),
      ),
    ),
    text,
    el(
      "div",
      { class: "jp-nabla-Setup-row" },
      action("open-text", trans.__("Open this text"), () => open(text.value)),
      action("open-file", trans.__("Open a file…"), () => chosen.click()),
      chosen,
    ),
  );
  return { node, update: () => undefined };
}
