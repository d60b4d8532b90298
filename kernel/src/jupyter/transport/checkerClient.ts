// The type checker, seen from the transport: questions with answers, whichever worker gives them.
//
// The first worker has short declarations and is ready soon. Once the kernel is idle, or a cell needs them, a second one loads
// all of Node's types beside it and takes its place when it is ready, so no question waits for the loading. The declarations
// of the notebook are kept here and go with every question: a checker that ends or runs out of memory loses nothing.

import type { CheckerAnswers, ToChecker } from "../protocol.js";
import { type Checker, type Question, startChecker } from "./checkerThread.js";

type Asked<K extends keyof CheckerAnswers> = Omit<Extract<ToChecker, { kind: K }>, "id" | "declarations" | "kind">;

/** Quiet time after which the full types are loaded. */
const IDLE_MS = 1000;

/** Bytes: two checkers at once take less than half of it. With less the first ends before the second begins, and questions wait. */
const ROOM_FOR_TWO = 512 * 2 ** 20;

const MOST_FAILED_STARTS = 3;

export function createCheckerClient({ available = () => process.availableMemory() } = {}) {
  let declarations = "";
  let closed = false;
  let failedStarts = 0;
  let broken: Error | undefined;
  let upgrading: Promise<Checker> | undefined;
  /** The one that is getting ready. */
  let beside: Checker | undefined;
  let upgradeFailed = false;
  let open = 0;
  let checker = start(false);
  let timer = setTimeout(whenIdle, IDLE_MS);

  function start(full: boolean): Checker {
    const started = startChecker(full, ({ reason, answered }) => {
      failedStarts = answered ? 1 : failedStarts + 1;
      if (full && !answered) upgradeFailed = true;
      if (failedStarts > MOST_FAILED_STARTS) broken = new Error(`the type checker does not start: ${reason}`);
      if (started === checker) {
        if (full) upgrading = undefined;
        if (!broken) checker = start(false);
      }
      return broken ?? new Error(`the type checker stopped and was started again: ${reason}`);
    });
    return started;
  }

  function whenIdle(): void {
    // A failure is told to the next question that cannot do without.
    if (!upgradeFailed) upgrade().catch(() => undefined);
  }

  /** Take the full types; the checker that has them. */
  function upgrade(): Promise<Checker> {
    upgrading ??= replace().catch((cause: unknown) => {
      upgrading = undefined;
      throw cause;
    });
    return upgrading;
  }

  async function replace(): Promise<Checker> {
    if (available() < ROOM_FOR_TWO) {
      await checker.settled();
      if (broken) throw broken;
      return take(start(true));
    }
    beside = start(true);
    // Whoever has answered is ready, and has done what the first cell would have waited for.
    await beside.ask({ kind: "compile", code: "0", cell: "warm-up", declarations, expression: true });
    const next = beside;
    beside = undefined;
    return take(next);
  }

  function take(next: Checker): Checker {
    const old = checker;
    checker = next;
    void old.settled().then(() => old.end(new Error("the type checker has been replaced")));
    return next;
  }

  /** Ask; rejects with the reason when the checker dies or fails on it. */
  async function ask<K extends keyof CheckerAnswers>(kind: K, asked: Asked<K>): Promise<CheckerAnswers[K]> {
    if (broken) throw broken;
    const question = { ...asked, kind, declarations } as unknown as Question;
    clearTimeout(timer);
    open++;
    try {
      const answer = await checker.ask(question);
      return (answer === undefined ? await (await upgrade()).ask(question) : answer) as CheckerAnswers[K];
    } finally {
      open--;
      if (open === 0 && !closed && !upgrading) timer = setTimeout(whenIdle, IDLE_MS);
    }
  }

  return {
    ask,
    upgrade,
    /** Whether answers come from the full types. */
    isFull: (): boolean => checker.full,
    /** A cell has run: from now on its declarations are known to the others. */
    declare(text: string): void {
      declarations = text;
    },
    async close(): Promise<void> {
      closed = true;
      broken = new Error("the type checker has ended with the kernel");
      clearTimeout(timer);
      await Promise.all([checker.end(broken), beside?.end(broken)]);
    },
  };
}

export type CheckerClient = ReturnType<typeof createCheckerClient>;
