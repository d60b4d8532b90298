/** The state and who wants to know of it. */
import { type ISignal, Signal } from "@lumino/signaling";
import { type Action, initialState, type PanelState, reduce } from "./state.js";

export class TraceStore {
  #state: PanelState = initialState;
  readonly #unheard: Change[] = [];
  readonly #changed = new Signal<this, Change>(this);

  get state(): PanelState {
    return this.#state;
  }

  get changed(): ISignal<this, Change> {
    return this.#changed;
  }

  /** Who hears of a change may dispatch again: the state changes at once, and everybody hears of it in order. */
  readonly dispatch = (action: Action): void => {
    const before = this.#state;
    const after = reduce(before, action);
    if (after === before) return;
    this.#state = after;
    this.#unheard.push({ before, after, action });
    if (this.#unheard.length > 1) return;
    for (let change = this.#unheard[0]; change; change = this.#unheard[0]) {
      this.#changed.emit(change);
      this.#unheard.shift();
    }
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
