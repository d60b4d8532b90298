// The kernel, as `nabla/jupyter` sees it: bound once by the main thread before any cell runs.

import type { Json } from "../protocol.js";
import type { Comms } from "./comms.js";

export interface Host {
  /** Publish on iopub, with the running request as parent. */
  publish(type: string, content: Json, metadata?: Json): void;
  /** The running cell ends only when this has. */
  waitFor(work: Promise<unknown>): void;
  /** Ask the user; blocks. */
  input(prompt: string, password: boolean): string;
  /** Add to the `payload` of the running cell's reply. */
  addPayload(payload: Json): void;
  comms: Comms;
}

let bound: Host | undefined;

export function bindHost(host: Host): void {
  bound = host;
}

export function theHost(): Host {
  if (!bound) throw new Error("nabla/jupyter works inside a notebook only: no kernel is running this code");
  return bound;
}
