// Stop whatever the main thread does, within milliseconds, keeping its state.
//
// First ask: a main thread that waits (a pending await) answers the message itself. If it does not answer it is inside
// JavaScript, a regular expression or Atomics.wait, and V8 is told, from this thread, to end that call: the exception cannot be
// caught by user code. The call may have ended by itself just before, and V8's order then hits the next one, so the message is
// repeated until it is answered.

import { Session } from "node:inspector";
import type { ToMain } from "../protocol.js";

/** How long an idle event loop may take to answer. */
const ASK_MS = 15;

export function createInterrupt(post: (message: ToMain) => void) {
  let session: Session | undefined;
  let lastId = 0;
  let pending: { id: number; done: () => void } | undefined;

  function terminate(): void {
    if (!session) {
      session = new Session();
      session.connectToMainThread();
    }
    session.post("Runtime.terminateExecution", () => undefined);
  }

  /** Resolves when the main thread is back in its event loop. */
  async function interrupt(): Promise<void> {
    const id = ++lastId;
    const answered = new Promise<void>((resolve) => {
      pending = { id, done: resolve };
    });
    let settled = false;
    void answered.then(() => {
      settled = true;
    });
    post({ kind: "interrupt", id });
    await Promise.race([answered, sleep(ASK_MS)]);
    for (let wait = ASK_MS; !settled; wait = Math.min(wait * 2, 1000)) {
      terminate();
      await Promise.race([answered, sleep(wait)]);
      if (!settled) post({ kind: "interrupt", id });
      await Promise.race([answered, sleep(ASK_MS)]);
    }
  }

  return {
    interrupt,
    terminate,
    /** Main has answered. */
    answered(id: number): void {
      if (pending?.id === id) pending.done();
    },
    close(): void {
      session?.disconnect();
    },
  };
}

export type Interrupt = ReturnType<typeof createInterrupt>;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
