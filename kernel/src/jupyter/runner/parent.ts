// Which request an output belongs to. What a timer of cell 3 prints while cell 5 runs is cell 3's.
//
// Node's AsyncLocalStorage would follow every asynchronous call, but it turns async hooks on, and with them Node aborts the
// process when an interrupt ends a timer callback. So the timers carry their request themselves: each callback, and what it
// resolves, runs under the request that set it; all other callbacks count as those of the latest request.

import { promisify } from "node:util";
import type { Header } from "../protocol.js";

let cell: Header = { msg_id: "", msg_type: "" };
/** The latest cell, which stays when it has ended, and the comm messages whose handlers have not: the newest is last. */
let open: Header[] = [cell];
let latest = cell;
let active = cell;

function setOpen(parents: Header[]): void {
  open = parents;
  latest = parents.at(-1) ?? cell;
  active = latest;
}

/** A cell begins. */
export function startParent(parent: Header): void {
  const handled = open.filter((each) => each !== cell);
  cell = parent;
  setOpen([...handled, parent]);
}

/** A comm message is handled; afterwards what comes is that of the newest that still goes on. */
export async function duringParent(parent: Header, work: () => Promise<void>): Promise<void> {
  setOpen([...open, parent]);
  try {
    await work();
  } finally {
    const rest = open.filter((each) => each !== parent);
    // While another one's timer is at work the output stays its own.
    if (latest === parent || active === parent) setOpen(rest);
    else open = rest;
  }
}

/** The handlers have been interrupted: none of them will say that it has ended. */
export function endHandlers(): void {
  setOpen([cell]);
}

/** The request of the code that is running. */
export function currentParent(): Header {
  return active;
}

type Callback = (...values: unknown[]) => unknown;

/** Let the global timers carry the request that set them. */
export function followTimers(): void {
  const { setImmediate } = globalThis;
  const restore = () => {
    active = latest;
  };
  const carrying = (callback: Callback, parent: Header): Callback =>
    function carried(this: unknown, ...values) {
      if (parent === latest) return callback.apply(this, values);
      active = parent;
      // The promises that the callback resolves go on before the next phase of the event loop.
      setImmediate(restore);
      return callback.apply(this, values);
    };

  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const original = globalThis[name] as unknown as (callback: Callback, ...rest: unknown[]) => unknown;
    const following = (callback: Callback, ...rest: unknown[]) =>
      original(typeof callback === "function" ? carrying(callback, active) : callback, ...rest);
    const custom = (original as unknown as Record<symbol, unknown>)[promisify.custom];
    Object.defineProperty(following, "name", { value: name });
    if (custom) Object.defineProperty(following, promisify.custom, { value: custom });
    Object.defineProperty(globalThis, name, { value: following, writable: true, configurable: true, enumerable: true });
  }
}
