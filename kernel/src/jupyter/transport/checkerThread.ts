// One checker worker and the questions that it has been asked.

import { Worker } from "node:worker_threads";
import type { ToChecker } from "../protocol.js";

type Waiting = { resolve: (answer: unknown) => void; reject: (reason: Error) => void };

/** A question without its number, for each kind. */
export type Question = ToChecker extends infer Each ? (Each extends ToChecker ? Omit<Each, "id"> : never) : never;

/**
 * Small limits keep the process small: V8 collects late where it may grow, and adds the young generation to what it lets the old one
 * grow by. A cell whose types need more ends the worker and not the kernel.
 */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

interface End {
  reason: string;
  /** Whether it had answered anything: one that never gets as far would die for ever. */
  answered: boolean;
}

/** @param onEnd called when it has ended without having been asked to; gives what its open questions are told */
export function startChecker(onEnd: (end: End) => Error) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let answered = false;
  let refusal: Error | undefined;
  let lastWords: string | undefined;
  const worker = new Worker(new URL("../checker/worker.js", import.meta.url), {
    resourceLimits: LIMITS,
    execArgv: [],
  });
  worker.on("message", ({ id, answer, error }: { id: number; answer: unknown; error?: string }) => {
    answered = true;
    const question = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) question?.resolve(answer);
    else question?.reject(new Error(error));
  });
  worker.on("error", (cause: unknown) => {
    lastWords = cause instanceof Error ? cause.message : String(cause);
  });
  // Every end comes here, with an error or without.
  worker.on("exit", (code) => {
    refusal ??= onEnd({ reason: lastWords ?? `it ended with code ${code}`, answered });
    for (const question of waiting.values()) question.reject(refusal);
    waiting.clear();
  });

  return {
    /** Rejects when the checker fails on it or dies. */
    ask(question: Question): Promise<unknown> {
      if (refusal) return Promise.reject(refusal);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...question, id });
      });
    },
    async end(why: Error): Promise<void> {
      refusal = why;
      await worker.terminate();
    },
  };
}

export type Checker = ReturnType<typeof startChecker>;
