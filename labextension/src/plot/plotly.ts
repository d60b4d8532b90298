/** The part of plotly that is used here; its packages carry no types of their own. */
export interface PlotTrace {
  readonly type?: string;
  readonly name?: string;
}

export interface Figure {
  readonly data: readonly PlotTrace[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly frames?: readonly unknown[];
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface Plotly {
  newPlot(node: HTMLElement, figure: Figure): Promise<unknown>;
  react(node: HTMLElement, figure: Figure): Promise<unknown>;
  purge(node: HTMLElement): void;
  readonly Plots: { resize(node: HTMLElement): void };
}
