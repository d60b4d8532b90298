/**
 * One conversation with one kernel about its traces: the panel's half of the protocol, free of Jupyter, so that tests
 * can play the kernel. It follows the newest trace; a gap in the revisions is answered with `get`; an older or a
 * repeated revision is dropped, so that no message can be shown twice.
 */
import {
  applyTracePatch,
  type KernelTraceMessage,
  type PanelMessage,
  TRACE_PROTOCOL,
  type TraceDocument,
  type TraceEntry,
  type TracePatch,
  unpackTensors,
} from "nabla";
import { validateTrace } from "../trace/validate.js";

export type Frames = readonly (ArrayBuffer | ArrayBufferView)[];

export interface LinkEvents {
  /** A document that the kernel holds now. */
  live(document: TraceDocument): void;
  /** The kernel no longer vouches for what is shown. */
  stale(): void;
  /** One sentence for the user. */
  problem(sentence: string): void;
}

export class TraceLink {
  #document: TraceDocument | undefined;
  #watching: string | undefined;
  #asked = false;

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
        return this.#follow(message.traces);
      case "trace": {
        const { document } = message;
        return this.#take({ ...document, tensors: unpackTensors(document.tensors, message.buffers, frames) });
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
        return this.events.problem(message.message);
    }
  }

  /** Watches the newest trace of the list, unless it is being watched. */
  #follow(traces: readonly TraceEntry[]): void {
    const newest = traces.at(-1);
    if (!newest || newest.id === this.#watching) return;
    if (this.#watching !== undefined) this.#say({ type: "unwatch", id: this.#watching });
    this.#watching = newest.id;
    this.#document = undefined;
    this.#say({ type: "watch", id: newest.id });
  }

  #take(candidate: unknown): void {
    const validated = validateTrace(candidate);
    if ("problem" in validated) return this.events.problem(validated.problem);
    const { document } = validated;
    if (document.id !== this.#watching) return;
    if (this.#document && document.revision <= this.#document.revision && !this.#asked) return;
    this.#asked = false;
    this.#document = document;
    this.events.live(document);
  }

  #patch(patch: TracePatch): void {
    if (patch.id !== this.#watching) return;
    if (this.#document && patch.revision <= this.#document.revision) return;
    const next = this.#document && applyTracePatch(this.#document, patch);
    if (next) return this.#take(next);
    this.#asked = true;
    this.#say({ type: "get", id: patch.id });
  }

  #say(message: DistributiveOmit<PanelMessage, "v">): void {
    this.send({ v: TRACE_PROTOCOL, ...message } as PanelMessage);
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
