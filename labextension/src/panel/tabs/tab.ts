/** A tab of the panel: one file per tab, listed in panel.ts. It is made when it is first shown. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { PanelState } from "../../trace/state.js";
import type { PanelContext } from "../context.js";

/** What a tab shows. It is told of a state only while it is in front. */
export interface Tab {
  readonly node: HTMLElement;
  /** `before` is the state of the last call, absent the first time. */
  update(state: PanelState, before?: PanelState): void;
  dispose(): void;
}

/** A tab as the bar lists it. */
export interface TabEntry {
  readonly id: string;
  readonly title: (trans: TranslationBundle) => string;
  readonly create: (context: PanelContext) => Tab;
}
