// busy and idle. Requests that are answered beside a running cell (completion, hover, kernel_info) publish their own
// busy and idle; a client that shows the last status would then call a working kernel idle, so the cell's busy is said again.

import type { Header } from "../protocol.js";
import type { Sockets } from "./sockets.js";

export function createStatus(sockets: Pick<Sockets, "publish">) {
  const running: Header[] = [];

  return {
    busy(parent: Header): void {
      running.push(parent);
      sockets.publish("status", { execution_state: "busy" }, parent);
    },
    idle(parent: Header): void {
      const at = running.indexOf(parent);
      if (at >= 0) running.splice(at, 1);
      sockets.publish("status", { execution_state: "idle" }, parent);
      const still = running[0];
      if (still) sockets.publish("status", { execution_state: "busy" }, still);
    },
  };
}

export type Status = ReturnType<typeof createStatus>;
