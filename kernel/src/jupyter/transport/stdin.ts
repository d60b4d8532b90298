// input(): the main thread waits in Atomics.wait; the question goes to the client of the running cell and the answer comes
// back through shared memory (the wake-up) and a port (the text).

import { INPUT_READY, type SharedState } from "../protocol.js";
import type { Sockets } from "./sockets.js";
import type { Message } from "./wire.js";

export function createStdin(
  sockets: Pick<Sockets, "send">,
  { flags }: SharedState,
  postInput: (value: string) => void,
) {
  let asked = false;

  function answer(value: string): void {
    if (!asked) return;
    asked = false;
    postInput(value);
    Atomics.store(flags, INPUT_READY, 1);
    Atomics.notify(flags, INPUT_READY);
  }

  return {
    ask(request: Message | undefined, prompt: string, password: boolean): void {
      asked = true;
      if (!request) return answer("");
      const { identities, header } = request;
      sockets.send("stdin", { type: "input_request", content: { prompt, password }, parent: header, identities });
    },
    reply: answer,
    /** The cell is being stopped: its question is void, and a late reply must not answer the next one. */
    cancel(): void {
      asked = false;
    },
  };
}
