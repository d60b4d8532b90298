/**
 * The one path for a change of the network that is shown: a number, a size, a choice, a preset, undo. Changes are made
 * one after the other; those that wait are put together, the last one wins. A change that does not fit is one sentence,
 * and what was shown stays.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig, NetworkSize, TraceDocument } from "nabla";
import { configOf, resized, traceOf } from "../trace/engine.js";
import type { TraceStore } from "../trace/store.js";
import { type History, NO_HISTORY, recorded, redone, undone } from "./history.js";

type Request =
  | { readonly change: NetworkConfig }
  | { readonly resize: Partial<NetworkSize> }
  | { readonly replace: NetworkConfig }
  | { readonly travel: typeof undone };

/** The id of the network that belongs to the panel alone. */
const OWN = "network";

export class NetworkEditor {
  readonly #waiting: Request[] = [];
  #working: Promise<void> | undefined;

  constructor(
    private readonly store: TraceStore,
    private readonly trans: TranslationBundle,
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
      if (to) await this.#apply(to.config, to.history);
    } else if ("replace" in request) {
      const config = merged({ ...(document && { conventions: document.conventions }) }, request.replace);
      await this.#apply(config, now ? recorded(history, now) : NO_HISTORY);
    } else if (now && "resize" in request) {
      const { sizes, batch } = document.network;
      await this.#apply(await resized(now, { sizes, batch, ...request.resize }), recorded(history, now));
    } else if (now && "change" in request) await this.#apply(merged(now, request.change), recorded(history, now));
    else this.#say(this.trans.__("This network cannot be changed here: it is not a two-layer network."));
  }

  async #apply(config: NetworkConfig, history: History): Promise<void> {
    const revision = (this.store.state.document?.revision ?? 0) + 1;
    this.#show(await traceOf({ ...config, id: OWN, revision }), history);
  }

  #show(document: TraceDocument, history: History): void {
    const notice =
      this.store.state.status === "stand-alone" ? "" : this.trans.__("A copy in the panel: the notebook is unchanged.");
    this.store.dispatch({ type: "show", document, status: "stand-alone", notice, history });
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
