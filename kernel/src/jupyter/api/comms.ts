// Comms of the running notebook: two-way channels between cells and the page.

import type { Comms } from "../runner/comms.js";
import { theHost } from "../runner/host.js";

/**
 * `comms.register(target, (comm, data) => …)` answers comms that the page opens; `comms.open(target, data)` opens one from a cell.
 * What a comm sends carries the message that opened it as its parent.
 */
export const comms: Comms = {
  register: (target, handler) => theHost().comms.register(target, handler),
  open: (target, data, options) => theHost().comms.open(target, data, options),
};
