// Which request an output belongs to. What a timer of cell 3 prints while cell 5 runs is cell 3's.
//
// Node's AsyncLocalStorage would follow every asynchronous call, but it turns async hooks on, and with them Node aborts the
// process when an interrupt ends a timer callback. So the timers carry their request themselves: each callback, and what it
// resolves, runs under the request that set it; all other callbacks count as those of the latest request.

import { promisify } from "node:util";
import type { Header } from "../protocol.js";

let latest: Header = { msg_id: "", msg_type: "" };
let active: Header = latest;

/** A cell begins. */
export function startParent(parent: Header): void {
  latest = parent;
  active = parent;
}

/** A comm message is handled; what waits in a running cell is that cell's again afterwards. */
export async function duringParent(parent: Header, work: () => Promise<void>): Promise<void> {
  const before = latest;
  startParent(parent);
  try {
    await work();
  } finally {
    if (latest === parent) startParent(before);
  }
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
