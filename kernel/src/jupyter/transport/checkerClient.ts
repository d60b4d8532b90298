// The checker worker, seen from the transport: questions with answers, and a new worker when the old one dies.
// The declarations of the notebook are kept here, so a checker that ran out of memory loses nothing.

import { Worker } from "node:worker_threads";
import type { CheckerAnswers, ToChecker } from "../protocol.js";

type Question<K extends keyof CheckerAnswers> = Omit<Extract<ToChecker, { kind: K }>, "id" | "declarations" | "kind">;
type Waiting = { resolve: (answer: never) => void; reject: (reason: Error) => void };

/**
 * Small limits keep the process small: V8 collects late where it may grow. A cell whose types need more ends the worker and not the
 * kernel.
 */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };

const MOST_FAILED_STARTS = 3;

export function createCheckerClient() {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let declarations = "";
  let closed = false;
  let failedStarts = 0;
  let broken: Error | undefined;
  let lastWords: string | undefined;
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL("../checker/worker.js", import.meta.url), {
      resourceLimits: LIMITS,
      execArgv: [],
    });
    started.on("message", ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
      failedStarts = 0;
      const question = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) question?.resolve(answer);
      else question?.reject(new Error(error));
    });
    started.on("error", (cause: unknown) => {
      lastWords = cause instanceof Error ? cause.message : String(cause);
    });
    // Every end comes here, with an error or without.
    started.on("exit", (code) => {
      const reason = lastWords ?? `it ended with code ${code}`;
      lastWords = undefined;
      // One that never gets as far as an answer would die for ever.
      if (closed) broken = new Error("the type checker has ended with the kernel");
      else if (++failedStarts > MOST_FAILED_STARTS) broken = new Error(`the type checker does not start: ${reason}`);
      refuse(broken ?? new Error(`the type checker stopped and was started again: ${reason}`));
      if (!broken) worker = start();
    });
    return started;
  }

  function refuse(error: Error): void {
    for (const question of waiting.values()) question.reject(error);
    waiting.clear();
  }

  /** Ask; rejects with the reason when the checker dies or fails on it. */
  function ask<K extends keyof CheckerAnswers>(kind: K, question: Question<K>): Promise<CheckerAnswers[K]> {
    if (broken) return Promise.reject(broken);
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker.postMessage({ ...question, id, kind, declarations });
    });
  }

  return {
    ask,
    /** A cell has run: from now on its declarations are known to the others. */
    declare(text: string): void {
      declarations = text;
    },
    async close(): Promise<void> {
      closed = true;
      await worker.terminate();
    },
  };
}

export type CheckerClient = ReturnType<typeof createCheckerClient>;
