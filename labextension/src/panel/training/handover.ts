/**
 * The network of a step of a training, put in the place of the one that is traced: always a copy, so that a network of
 * the notebook stays as it is until its weights are written back.
 */
import type { NetworkConfig, TraceDocument } from "nabla";
import { NO_HISTORY, recorded } from "../../setup/history.js";
import { configOf, traceOf } from "../../trace/engine.js";
import type { PanelState, Status } from "../../trace/state.js";
import type { PanelContext } from "../context.js";

/** The notebook's trace, while a copy stands in its place. */
interface Origin {
  readonly document: TraceDocument;
  readonly status: Status;
  readonly copy: TraceDocument;
}

export class Handover {
  #origin: Origin | undefined;
  /** The network that was last put in front, or into the notebook. */
  #own: NetworkConfig | undefined;

  constructor(private readonly context: PanelContext) {}

  /** True while a copy stands in the place of a notebook's trace. */
  copied(document: TraceDocument | undefined): boolean {
    return this.#origin !== undefined && document === this.#origin.copy;
  }

  /** True where weights can be written to a notebook. */
  canWrite({ status, document }: PanelState): boolean {
    return status === "live" || (this.copied(document) && this.#origin?.status === "live");
  }

  isOwn(config: NetworkConfig): boolean {
    return this.#own !== undefined && sameNetwork(this.#own, config);
  }

  /** Traces the network in front; `before` is what undo leads back to. */
  async show(config: NetworkConfig, before: NetworkConfig, words: string): Promise<void> {
    const { document, status, history, layout } = this.context.state();
    if (!document) return;
    const conventions = { ...config.conventions, layout };
    const copy = await traceOf({ ...config, conventions, id: document.id, revision: document.revision });
    this.#own = await configOf(copy);
    const held = this.copied(document) ? this.#origin! : { document, status };
    this.#origin = held.status === "stand-alone" ? undefined : { ...held, copy };
    const { trans, dispatch } = this.context;
    dispatch({
      type: "show",
      document: copy,
      status: "stand-alone",
      notice: this.#origin ? `${words} ${trans.__("The notebook is unchanged.")}` : words,
      history: this.#origin ? NO_HISTORY : recorded(history, before),
    });
    dispatch({ type: "tab", id: "trace" });
  }

  /** The notebook's own network is in front again. */
  back(): void {
    if (!this.#origin) return;
    const { document, status } = this.#origin;
    this.#origin = undefined;
    this.context.dispatch({ type: "show", document, status });
  }

  async write(config: NetworkConfig, base: NetworkConfig): Promise<void> {
    if (this.copied(this.context.state().document)) this.back();
    const { W1, b1, W2, b2 } = config;
    const parameters = { W1, W2, ...(b1 && b2 ? { b1, b2 } : {}) } as NetworkConfig;
    this.#own = { ...base, ...parameters };
    await this.context.editor.edit(parameters);
  }
}

/** The same numbers and choices; the layout and the digits change nothing in a training. */
export const sameNetwork = (a: NetworkConfig, b: NetworkConfig): boolean => essence(a) === essence(b);

const essence = (config: NetworkConfig): string =>
  JSON.stringify({ ...config, conventions: { ...config.conventions, layout: "", digits: "" } });
