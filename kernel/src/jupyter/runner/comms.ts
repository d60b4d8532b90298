// Comms: named two-way channels between a cell and the page. Either side may open one.

import { randomUUID } from "node:crypto";
import type { CommMessage, FromMain, Header, Json } from "../protocol.js";
import { carriedComm } from "./carried.js";
import { currentParent } from "./parent.js";

/** What goes beside the data of a comm message. */
export interface CommOptions {
  metadata?: Json;
  /** Binary parts, sent beside the JSON. */
  buffers?: Uint8Array[];
}

/** What arrived. */
export interface CommEvent {
  data: unknown;
  metadata: Json;
  buffers: Uint8Array[];
}

/** One open channel between a cell and the page. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  readonly closed: boolean;
  /** @throws Error when the comm is closed, or for data that JSON cannot carry */
  send(data: unknown, options?: CommOptions): void;
  /** Called with every message of the page, in order. */
  onMessage(handler: (event: CommEvent) => unknown): void;
  /** Called once, when the page closes the comm. */
  onClose(handler: (event: CommEvent) => unknown): void;
  /** Closes it from this side; a second call does nothing. */
  close(data?: unknown): void;
}

/** Called when the page opens a comm of this target; `data` is what it sent with the opening. */
export type CommTarget = (comm: Comm, data: unknown, event: CommEvent) => unknown;

/** The comms of a kernel: `register` answers the page, `open` speaks first. */
export interface Comms {
  /** Answer comms of `target`; registering again replaces the handler. Returns a function that takes it back. */
  register(target: string, handler: CommTarget): () => void;
  /** Open a comm to the page. */
  open(target: string, data?: unknown, options?: CommOptions): Comm;
}

interface Open {
  comm: Comm;
  handlers: { message: ((event: CommEvent) => unknown)[]; close: ((event: CommEvent) => unknown)[] };
  end(): void;
}

export function createComms(post: (message: FromMain) => void) {
  const targets = new Map<string, CommTarget>();
  const open = new Map<string, Open>();

  /** @param parent of every message that this side sends: the request that opened the comm */
  function create(id: string, target: string, parent: Header): Open {
    const handlers: Open["handlers"] = { message: [], close: [] };
    let closed = false;
    const send = (kind: CommMessage["kind"], data: unknown, options: CommOptions = {}) =>
      post({ kind: "comm", parent, message: { kind, id, ...carriedComm(target, { ...options, data }) } });
    const comm: Comm = {
      id,
      target,
      get closed() {
        return closed;
      },
      send(data, options) {
        if (closed) throw new Error(`comm ${target}: it is closed, nothing can be sent`);
        send("comm_msg", data, options);
      },
      onMessage: (handler) => void handlers.message.push(handler),
      onClose: (handler) => void handlers.close.push(handler),
      close(data) {
        if (closed) return;
        send("comm_close", data);
        closed = true;
        open.delete(id);
      },
    };
    const entry = {
      comm,
      handlers,
      end() {
        closed = true;
        open.delete(id);
      },
    };
    open.set(id, entry);
    return entry;
  }

  /** A message from the page. The result is awaited by the kernel, so that what handlers print belongs to the message. */
  async function receive(message: CommMessage, parent: Header): Promise<void> {
    const event: CommEvent = { data: message.data, metadata: message.metadata ?? {}, buffers: message.buffers ?? [] };
    switch (message.kind) {
      case "comm_open": {
        const target = message.target ?? "";
        const handler = targets.get(target);
        if (!handler) {
          post({ kind: "comm", parent, message: { kind: "comm_close", id: message.id, data: {} } });
          return;
        }
        await handler(create(message.id, target, parent).comm, event.data, event);
        return;
      }
      case "comm_msg":
        for (const handler of open.get(message.id)?.handlers.message ?? []) await handler(event);
        return;
      case "comm_close": {
        const entry = open.get(message.id);
        entry?.end();
        for (const handler of entry?.handlers.close ?? []) await handler(event);
        return;
      }
    }
  }

  const api: Comms = {
    register(target, handler) {
      targets.set(target, handler);
      return () => {
        if (targets.get(target) === handler) targets.delete(target);
      };
    },
    open(target, data, options = {}) {
      const id = randomUUID().replaceAll("-", "");
      const parent = currentParent();
      const parts = carriedComm(target, { ...options, data });
      const { comm } = create(id, target, parent);
      post({ kind: "comm", parent, message: { kind: "comm_open", id, target, ...parts } });
      return comm;
    },
  };
  return { api, receive };
}
