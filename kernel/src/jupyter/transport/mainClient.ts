// The main thread, seen from the transport: run a cell, evaluate an expression, deliver a comm message; each is answered by
// `done`, or by an interrupt when the main thread will never answer.

import type { CellError, FromMain, ToMain } from "../protocol.js";

export type Done = Extract<FromMain, { kind: "done" }>;
type Task = Extract<ToMain, { kind: "run" | "evaluate" | "comm" }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

export const INTERRUPTED: CellError = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: ["\u001b[31mKeyboardInterrupt\u001b[39m: the cell was interrupted; what it had declared so far is kept"],
};

export function createMainClient(post: (message: ToMain) => void) {
  const waiting = new Map<number, (done: Done) => void>();
  let lastId = 0;

  return {
    request(task: WithoutId<Task>): Promise<Done> {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        post({ ...task, id } as Task);
      });
    },
    done(message: Done): void {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    },
    /** Everything that main was doing has been stopped: answer in its place. */
    abandon(): void {
      for (const [id, resolve] of waiting) resolve({ kind: "done", id, error: INTERRUPTED });
      waiting.clear();
    },
    preload: () => post({ kind: "preload" }),
    exit: (code: number) => post({ kind: "exit", code }),
  };
}

export type MainClient = ReturnType<typeof createMainClient>;
