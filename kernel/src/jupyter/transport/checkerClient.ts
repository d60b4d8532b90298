// The type checker, seen from the transport: questions with answers.
//
// The declarations of the notebook are kept here and go with every question: a checker that ends or runs out of memory loses
// nothing, another takes its place.

import type { CheckerAnswers, ToChecker } from "../protocol.js";
import { askChecker, type Checker, type CheckerThread, nextChecker, type Question } from "./checkerThread.js";

type Asked<K extends keyof CheckerAnswers> = Omit<Extract<ToChecker, { kind: K }>, "id" | "declarations" | "kind">;

const MOST_FAILED_STARTS = 3;

/** @param first the one that is there already */
export function createCheckerClient(first: CheckerThread = nextChecker()) {
  let declarations = "";
  let failedStarts = 0;
  let broken: Error | undefined;
  let checker = use(first);

  function use(thread: CheckerThread): Checker {
    return askChecker(thread, ({ reason, answered }) => {
      failedStarts = answered ? 1 : failedStarts + 1;
      if (failedStarts > MOST_FAILED_STARTS) broken = new Error(`the type checker does not start: ${reason}`);
      else checker = use(nextChecker());
      return broken ?? new Error(`the type checker stopped and was started again: ${reason}`);
    });
  }

  return {
    /** Ask; rejects with the reason when the checker dies or fails on it. */
    async ask<K extends keyof CheckerAnswers>(kind: K, asked: Asked<K>): Promise<CheckerAnswers[K]> {
      if (broken) throw broken;
      const answer = await checker.ask({ ...asked, kind, declarations } as unknown as Question);
      return answer as CheckerAnswers[K];
    },
    /** A cell has run: from now on its declarations are known to the others. */
    declare(text: string): void {
      declarations = text;
    },
    async close(): Promise<void> {
      broken = new Error("the type checker has ended with the kernel");
      await checker.end(broken);
    },
  };
}

export type CheckerClient = ReturnType<typeof createCheckerClient>;
