/** What every part of the panel is given: words, formulas, the state and the way to change it. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkEditor } from "../setup/editor.js";
import type { Action, PanelState } from "../trace/state.js";
import type { Studies } from "../trace/studies.js";
import type { Typeset } from "../view/typeset.js";

export interface PanelContext {
  readonly trans: TranslationBundle;
  readonly typeset: Typeset;
  readonly dispatch: (action: Action) => void;
  readonly state: () => PanelState;
  /** Every change of the network goes through it. */
  readonly editor: NetworkEditor;
  /** Opens all steps in the main area. */
  readonly openLarge: () => void;
  /** What the engine says of the steps of a document. */
  readonly studies: Studies;
  /** Shows another of the state's sources. */
  readonly choose: (key: string) => void;
  /** Address of the application, to which a link adds the state. */
  readonly address: string;
  /** Says a sentence once, in the panel's polite live region. */
  readonly say: (sentence: string) => void;
}

/** A part of the panel: made once, brought up to date with every state. */
export interface Part {
  readonly node: HTMLElement;
  update(state: PanelState, before?: PanelState): void;
}
