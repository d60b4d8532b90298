// Which comms are open, whoever opened them: comm_info is answered from here, also while a cell runs.

import type { CommMessage } from "../protocol.js";

export function createCommRegistry() {
  const open = new Map<string, { target_name: string }>();

  return {
    see({ kind, id, target }: CommMessage): void {
      switch (kind) {
        case "comm_open":
          open.set(id, { target_name: target ?? "" });
          return;
        case "comm_close":
          open.delete(id);
          return;
        case "comm_msg":
          return;
      }
    },
    info(target: unknown): Record<string, { target_name: string }> {
      return Object.fromEntries(
        [...open].filter(([, comm]) => typeof target !== "string" || target === "" || comm.target_name === target),
      );
    },
  };
}
