/**
 * Plotly figures as cell output: loaded lazily, drawn in the theme's colours, drawn again when the theme changes, as
 * wide as the cell or as the figure says. A screen reader hears the title and what is plotted. Nothing is fetched.
 */
import type { IThemeManager } from "@jupyterlab/apputils";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { isListOf, isRecord } from "../trace/json.js";
import { el } from "../view/dom.js";
import { loadPlotly } from "./bundle.js";
import { mapsIn, offline } from "./offline.js";
import type { Figure, Plotly } from "./plotly.js";
import { fitted, readTheme, themedLayout } from "./theme.js";

export const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** Height in pixels when the figure does not say. */
const HEIGHT = 360;

export interface PlotOptions {
  readonly trans: TranslationBundle;
  readonly themes: IThemeManager | null;
}

export class PlotRenderer extends Widget implements IRenderMime.IRenderer {
  #plotly: Plotly | undefined;
  #figure: Figure | undefined;
  readonly #canvas = el("div", { class: "jp-nabla-Plot-canvas", attrs: { role: "img" } });
  readonly #watch = new ResizeObserver(() => this.#resize());

  constructor(
    private readonly mimeType: string,
    private readonly options: PlotOptions,
  ) {
    super();
    this.addClass("jp-nabla-Plot");
    this.node.append(this.#canvas);
    options.themes?.themeChanged.connect(this.#draw, this);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const figure = model.data[this.mimeType] as Partial<Figure> | undefined;
    const { trans } = this.options;
    if (!isRecord(figure) || !isListOf(figure.data, isRecord))
      return this.#refuse(trans.__("This figure has no data."));
    const maps = mapsIn(figure.data);
    if (maps.length > 0)
      return this.#refuse(
        trans.__("Maps (%1) are not drawn: what they show would be fetched from the network.", maps.join(", ")),
      );
    if (this.#canvas.parentNode !== this.node) this.node.replaceChildren(this.#canvas);
    this.#figure = offline({ ...figure, data: figure.data, layout: isRecord(figure.layout) ? figure.layout : {} });
    this.#canvas.setAttribute("aria-label", this.#label(this.#figure));
    this.#canvas.style.height = `${typeof figure.layout?.height === "number" ? figure.layout.height : HEIGHT}px`;
    this.#plotly = await loadPlotly(figure.data);
    await this.#draw();
  }

  #refuse(sentence: string): void {
    this.#figure = undefined;
    this.node.replaceChildren(el("p", { class: "jp-nabla-Notice" }, sentence));
  }

  override dispose(): void {
    this.#watch.disconnect();
    this.options.themes?.themeChanged.disconnect(this.#draw, this);
    this.#plotly?.purge(this.#canvas);
    super.dispose();
  }

  protected override onAfterAttach(_: Message): void {
    this.#watch.observe(this.node);
    void this.#draw();
  }

  protected override onBeforeDetach(_: Message): void {
    this.#watch.disconnect();
  }

  async #draw(): Promise<void> {
    const figure = this.#figure;
    if (!figure || !this.#plotly || !this.isAttached) return;
    await this.#plotly.react(this.#canvas, {
      ...figure,
      layout: themedLayout(fitted(figure.layout, this.node.clientWidth), readTheme(this.node)),
      config: {
        responsive: false,
        displaylogo: false,
        ...figure.config,
        plotlyServerURL: "",
        topojsonURL: "",
        showSendToCloud: false,
      },
    });
  }

  /** A figure with a width of its own is drawn again: `resize` would stretch it. */
  #resize(): void {
    if (!this.#plotly || !this.isVisible || this.#canvas.childElementCount === 0) return;
    if (typeof this.#figure?.layout.width === "number") void this.#draw();
    else this.#plotly.Plots.resize(this.#canvas);
  }

  #label({ data, layout }: Figure): string {
    const { title } = layout as { title?: string | { text?: string } };
    const kinds = [...new Set(data.map(({ type, name }) => [type ?? "scatter", name].filter(Boolean).join(" ")))];
    const words = (typeof title === "string" ? title : title?.text)?.replace(/<[^>]*>/gu, "");
    return words
      ? this.options.trans.__("%1: plot of %2", words, kinds.join(", "))
      : this.options.trans.__("Plot of %1", kinds.join(", "));
  }
}
