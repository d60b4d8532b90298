// Stop whatever the main thread does, within milliseconds, keeping its state.
//
// First ask: a main thread that waits (a pending await) answers the message itself. If it does not answer it is inside
// JavaScript, a regular expression or Atomics.wait, and V8 is told, from this thread, to end that call: the exception cannot be
// caught by user code. The call may have ended by itself just before, and V8's order then hits the next one, which must not be the
// next cell: so it is asked again until there is an answer and every order is known to have been carried out.
// A main thread that waits for a child process is reached through the child.

import { Session } from "node:inspector";
import { CHILD_AWAITED, type SharedState, type ToMain } from "../protocol.js";
import { signalNewestChild } from "./syncChild.js";

/** How long an idle event loop may take to answer. */
const ASK_MS = 15;
const LONGEST_MS = 1000;

export function createInterrupt(post: (message: ToMain) => void, { flags }: SharedState) {
  let session: Session | undefined;
  let lastId = 0;
  let onAnswer: ((id: number) => void) | undefined;
  let ordersOpen = 0;
  let running: Promise<void> | undefined;

  function terminate(): void {
    if (!session) {
      session = new Session();
      session.connectToMainThread();
    }
    ordersOpen++;
    session.post("Runtime.terminateExecution", () => {
      ordersOpen--;
    });
  }

  /** @returns whether main answered within `patience` */
  function ask(patience: number): Promise<boolean> {
    const id = ++lastId;
    post({ kind: "interrupt", id });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      onAnswer = (answered) => {
        if (answered !== id) return;
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  async function untilStopped(): Promise<void> {
    for (let patience = ASK_MS; ; patience = Math.min(patience * 2, LONGEST_MS)) {
      const answered = await ask(patience);
      if (answered && ordersOpen === 0) return;
      if (!answered) {
        terminate();
        // What has not ended when it is asked to is ended.
        if (Atomics.load(flags, CHILD_AWAITED) === 1) signalNewestChild(patience === ASK_MS ? "SIGINT" : "SIGKILL");
      }
      // An order that has been carried out is reported a moment later.
      else await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  return {
    /** Resolves when the main thread is back in its event loop. */
    interrupt(): Promise<void> {
      running ??= untilStopped().finally(() => {
        running = undefined;
      });
      return running;
    },
    /** Main has answered. */
    answered: (id: number): void => onAnswer?.(id),
    close(): void {
      session?.disconnect();
    },
  };
}

export type Interrupt = ReturnType<typeof createInterrupt>;
