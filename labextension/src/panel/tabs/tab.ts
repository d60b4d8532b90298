/** A tab of the panel: one file per tab. The bar of tabs appears with the second one. */
import type { PanelState } from "../../trace/state.js";
import type { PanelContext } from "../context.js";

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly node: HTMLElement;
  /** `before` is absent the first time. */
  update(state: PanelState, before?: PanelState): void;
  dispose(): void;
}

export type CreateTab = (context: PanelContext) => Tab;
