/**
 * One conversation with one kernel about its traces: the panel's half of the protocol, free of Jupyter, so that tests
 * can play the kernel. It follows the newest trace; a gap in the revisions is answered with `get`; an older or a
 * repeated revision is dropped, so that no message can be shown twice.
 */
import {
  applyTracePatch,
  type KernelTraceMessage,
  type NetworkConfig,
  type PanelMessage,
  TRACE_PROTOCOL,
  type TraceDocument,
  type TraceEntry,
  type TracePatch,
  unpackTensors,
} from "nabla";
import { isListOf, isRecord, isText } from "../trace/json.js";
import { validateTrace } from "../trace/validate.js";

export type Frames = readonly (ArrayBuffer | ArrayBufferView)[];

export interface LinkEvents {
  /** A document that the kernel holds now; `own` where a change of this panel has made it. */
  live(document: TraceDocument, own: boolean): void;
  /** The kernel no longer vouches for what is shown. */
  stale(): void;
  /** The kernel has told what there is to watch. */
  listed(): void;
  /** One sentence for the user. */
  problem(sentence: string): void;
}

/** A change of the network: numbers alone, or anything. */
export type TraceChange = { readonly values: NetworkConfig } | { readonly config: NetworkConfig };

export class TraceLink {
  #document: TraceDocument | undefined;
  #watching: string | undefined;
  #asked = false;
  #entries: readonly TraceEntry[] = [];
  #changes = 0;
  /** Changes that wait for their answer: undefined, or why they were not made. */
  readonly #open = new Map<number, (problem: string | undefined) => void>();

  constructor(
    private readonly send: (message: PanelMessage) => void,
    private readonly events: LinkEvents,
  ) {}

  get document(): TraceDocument | undefined {
    return this.#document;
  }

  hello(): void {
    this.#say({ type: "hello", accepts: [TRACE_PROTOCOL] });
  }

  /** Asks the kernel to change the watched network. The answer is undefined, or one sentence why it was not done. */
  change(change: TraceChange): Promise<string | undefined> {
    const document = this.#document;
    if (!document) return Promise.resolve("");
    const re = ++this.#changes;
    const about = { id: document.id, revision: document.revision, re };
    return new Promise((resolve) => {
      this.#open.set(re, resolve);
      if ("values" in change) this.#say({ type: "set", ...about, values: change.values as Record<string, number[]> });
      else this.#say({ type: "config", ...about, config: change.config });
    });
  }

  /** The conversation has ended: what is still open will not be answered. */
  end(problem: string): void {
    for (const re of [...this.#open.keys()]) this.#answered(re, problem);
  }

  #answered(re: number | undefined, problem?: string): boolean {
    const resolve = re === undefined ? undefined : this.#open.get(re);
    if (re !== undefined) this.#open.delete(re);
    resolve?.(problem);
    return resolve !== undefined;
  }

  /** A message of the kernel; anything that is not one is ignored. */
  receive(data: unknown, frames: Frames = []): void {
    const message = data as Partial<KernelTraceMessage> | null;
    if (typeof message !== "object" || message === null || typeof message.type !== "string") return;
    if (message.v !== TRACE_PROTOCOL) {
      this.events.problem(
        `The kernel speaks version ${String(message.v)} of the trace protocol; this panel speaks ${TRACE_PROTOCOL}.`,
      );
      return;
    }
    this.#handle(message as KernelTraceMessage, frames);
  }

  #handle(message: KernelTraceMessage, frames: Frames): void {
    switch (message.type) {
      case "welcome":
        return isListOf(message.traces, isEntry) ? this.#follow(message.traces) : undefined;
      case "trace": {
        const { document } = message;
        return this.#take(
          { ...document, tensors: unpackTensors(document.tensors, message.buffers, frames) },
          message.re,
        );
      }
      case "patch":
        return this.#patch({ ...message, tensors: unpackTensors(message.tensors, message.buffers, frames) });
      case "stale":
        if (message.id === this.#watching) this.events.stale();
        return;
      case "gone":
        if (message.id !== this.#watching) return;
        this.#watching = undefined;
        this.#document = undefined;
        return this.events.stale();
      case "error":
        if (!this.#answered(message.re, message.message)) this.events.problem(message.message);
        return;
    }
  }

  /** What the kernel has to show, the newest last. */
  get entries(): readonly TraceEntry[] {
    return this.#entries;
  }

  /** Shows another of the kernel's traces, until a newer one comes. */
  watch(id: string): void {
    if (id === this.#watching) return;
    if (this.#watching !== undefined) this.#say({ type: "unwatch", id: this.#watching });
    this.#watching = id;
    this.#document = undefined;
    this.#say({ type: "watch", id });
  }

  /** Watches the newest trace of the list, when the list has something new. */
  #follow(traces: readonly TraceEntry[]): void {
    const before = this.#entries.at(-1);
    this.#entries = traces;
    const newest = traces.at(-1);
    if (newest && (newest.id !== before?.id || newest.revision !== before.revision)) this.watch(newest.id);
    this.events.listed();
  }

  #take(candidate: unknown, re?: number): void {
    const own = re !== undefined && this.#open.has(re);
    const validated = validateTrace(candidate);
    const problem = "problem" in validated ? validated.problem : undefined;
    if ("document" in validated && this.#isNews(validated.document)) {
      this.#asked = false;
      this.#document = validated.document;
      this.events.live(validated.document, own);
    }
    if (!this.#answered(re, problem) && problem) this.events.problem(problem);
  }

  #isNews({ id, revision }: TraceDocument): boolean {
    return id === this.#watching && (!this.#document || revision > this.#document.revision || this.#asked);
  }

  #patch(patch: TracePatch): void {
    const old = this.#document && patch.revision <= this.#document.revision;
    const next = this.#document && applyTracePatch(this.#document, patch);
    if (next) return this.#take(next, patch.re);
    this.#answered(patch.re);
    if (patch.id !== this.#watching || old) return;
    this.#asked = true;
    this.#say({ type: "get", id: patch.id });
  }

  #say(message: DistributiveOmit<PanelMessage, "v">): void {
    this.send({ v: TRACE_PROTOCOL, ...message } as PanelMessage);
  }
}

const isEntry = (entry: unknown): entry is TraceEntry =>
  isRecord(entry) && isText(entry.id) && Number.isInteger(entry.revision);

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
