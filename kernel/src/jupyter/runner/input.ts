// input(): the question goes to the transport, and this thread sleeps until the answer is there.

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type FromMain, INPUT_READY } from "../protocol.js";
import { currentParent } from "./parent.js";
import type { Runner } from "./run.js";

export function createInput(
  post: (message: FromMain) => void,
  flags: Int32Array,
  port: MessagePort,
  current: Runner["current"],
) {
  return (prompt: string, password: boolean): string => {
    if (!current()?.allowInput)
      throw new Error(
        "input() cannot ask here: no cell is running, or this client does not let the kernel ask (allow_stdin is false)",
      );
    // What an interrupted question left behind.
    while (receiveMessageOnPort(port));
    Atomics.store(flags, INPUT_READY, 0);
    post({ kind: "input", prompt, password, parent: currentParent() });
    Atomics.wait(flags, INPUT_READY, 0);
    return (receiveMessageOnPort(port)?.message as string | undefined) ?? "";
  };
}
