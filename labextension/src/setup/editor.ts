/**
 * The one path for a change of the network that is shown: a number, a size, a choice, a preset, undo. Changes are made
 * one after the other; those that wait are put together, the last one wins. A change that does not fit is one sentence,
 * and what was shown stays. A network that a kernel holds is changed there.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig, NetworkSize } from "nabla";
import type { TraceChange } from "../live/link.js";
import { completed, configOf, resized, traceOf } from "../trace/engine.js";
import type { TraceStore } from "../trace/store.js";
import { type History, NO_HISTORY, recorded, redone, undone } from "./history.js";

type Request =
  | { readonly change: NetworkConfig }
  | { readonly resize: Partial<NetworkSize> }
  | { readonly replace: NetworkConfig }
  | { readonly travel: typeof undone };

/** The id of the network that belongs to the panel alone. */
const OWN = "network";

/** Milliseconds between two messages to a kernel, and after which a silent kernel is called busy. */
const INTERVAL = 100;
const PATIENCE = 1000;
/** Changes of these alone are numbers; of anything else, the network's form. */
const NUMBERS: ReadonlySet<string> = new Set(["x", "y", "X", "Y", "W1", "b1", "W2", "b2"]);

/** Who makes a change instead of the panel: undefined when it is made, or one sentence why not. */
export interface Holder {
  change(change: TraceChange): Promise<string | undefined>;
}

export class NetworkEditor {
  readonly #waiting: Request[] = [];
  #working: Promise<void> | undefined;
  /** When a change was last sent to a kernel. */
  #sent = 0;

  constructor(
    private readonly store: TraceStore,
    private readonly trans: TranslationBundle,
    /** The kernel that holds what is shown. */
    private readonly holder: () => Holder | undefined = () => undefined,
  ) {}

  /** Changes some choices or numbers. */
  edit(change: NetworkConfig): Promise<void> {
    return this.#ask({ change });
  }

  /** Changes how many units or samples there are; the numbers that still fit are kept. */
  resize(size: Partial<NetworkSize>): Promise<void> {
    return this.#ask({ resize: size });
  }

  /** Puts another network in the place of the one that is shown; conventions it says nothing of stay as they are. */
  replace(config: NetworkConfig): Promise<void> {
    return this.#ask({ replace: config });
  }

  /** Opens a network of its own in the panel, whatever a kernel holds; resolves to whether it could. */
  async open(config: NetworkConfig): Promise<boolean> {
    await this.#working;
    try {
      const { document, history, status } = this.store.state;
      const before = document && status === "stand-alone" ? await configOf(document) : undefined;
      await this.#compute(config, before ? recorded(history, before) : NO_HISTORY, "");
      return true;
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  undo(): Promise<void> {
    return this.#ask({ travel: undone });
  }

  redo(): Promise<void> {
    return this.#ask({ travel: redone });
  }

  #ask(request: Request): Promise<void> {
    const last = this.#waiting.at(-1);
    if (last && "change" in last && "change" in request)
      this.#waiting.splice(-1, 1, { change: merged(last.change, request.change) });
    else this.#waiting.push(request);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      try {
        await this.#make(request);
      } catch (error) {
        this.#say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #make(request: Request): Promise<void> {
    const { document, history } = this.store.state;
    const now = document && (await configOf(document));
    if ("travel" in request) {
      const to = now && request.travel(history, now);
      return to && this.#apply({ config: to.config }, to.history);
    }
    if ("replace" in request) {
      const config = merged({ ...(document && { conventions: document.conventions }) }, request.replace);
      const whole = this.holder() ? await completed(config) : config;
      return this.#apply({ config: whole }, now ? recorded(history, now) : NO_HISTORY);
    }
    if (!now) return this.#say(this.trans.__("This network cannot be changed here: it is not a two-layer network."));
    if ("resize" in request) {
      const { sizes, batch } = document.network;
      const config = await resized(now, { sizes, batch, ...request.resize });
      return this.#apply({ config }, recorded(history, now));
    }
    const numbers = Object.keys(request.change).every((name) => NUMBERS.has(name));
    const change = numbers ? { values: request.change } : { config: request.change };
    return this.#apply(change, recorded(history, now), now);
  }

  /** @param now what a change of some parts starts from */
  async #apply(change: TraceChange, history: History, now: NetworkConfig = {}): Promise<void> {
    const holder = this.holder();
    if (!holder) return this.#compute(merged(now, "values" in change ? change.values : change.config), history);
    await this.#pause();
    const waits = setTimeout(() => this.#say(this.trans.__("The kernel is busy; the change waits.")), PATIENCE);
    const problem = await holder.change(change);
    clearTimeout(waits);
    if (problem === undefined) this.store.dispatch({ type: "history", history });
    else this.#say(problem);
  }

  /** At most ten messages a second: what comes meanwhile is put together. */
  async #pause(): Promise<void> {
    const left = this.#sent + INTERVAL - Date.now();
    if (left > 0) await new Promise((done) => setTimeout(done, left));
    this.#sent = Date.now();
  }

  async #compute(config: NetworkConfig, history: History, notice = this.#copyNotice): Promise<void> {
    const { document: before } = this.store.state;
    const document = await traceOf({ ...config, id: OWN, revision: (before?.revision ?? 0) + 1 });
    this.store.dispatch({ type: "show", document, status: "stand-alone", notice, history });
  }

  get #copyNotice(): string {
    const { status } = this.store.state;
    return status === "stand-alone" ? "" : this.trans.__("A copy in the panel: the notebook is unchanged.");
  }

  #say(notice: string): void {
    this.store.dispatch({ type: "notice", notice });
  }
}

const merged = (config: NetworkConfig, change: NetworkConfig): NetworkConfig => ({
  ...config,
  ...change,
  conventions: { ...config.conventions, ...change.conventions },
});
