// Which request an output belongs to. What a timer or a promise of cell 3 prints while cell 5 runs is cell 3's: the request
// follows the asynchronous calls that it started.

import { AsyncLocalStorage } from "node:async_hooks";
import type { Header } from "../protocol.js";

const storage = new AsyncLocalStorage<Header>();
let latest: Header = { msg_id: "", msg_type: "" };

export function withParent<T>(parent: Header, run: () => T): T {
  latest = parent;
  return storage.run(parent, run);
}

/** The request of the code that is running, or of the latest one where that is not known. */
export function currentParent(): Header {
  return storage.getStore() ?? latest;
}
