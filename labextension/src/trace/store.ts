/** The state and who wants to know of it. */
import { type ISignal, Signal } from "@lumino/signaling";
import { type Action, initialState, type PanelState, reduce } from "./state.js";

export class TraceStore {
  #state: PanelState = initialState;
  readonly #changed = new Signal<this, Change>(this);

  get state(): PanelState {
    return this.#state;
  }

  get changed(): ISignal<this, Change> {
    return this.#changed;
  }

  readonly dispatch = (action: Action): void => {
    const before = this.#state;
    const after = reduce(before, action);
    if (after === before) return;
    this.#state = after;
    this.#changed.emit({ before, after, action });
  };

  dispose(): void {
    Signal.clearData(this);
  }
}

export interface Change {
  readonly before: PanelState;
  readonly after: PanelState;
  readonly action: Action;
}
