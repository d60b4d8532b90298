// One checker worker and the questions that it has been asked.

import type { MessagePort, Worker } from "node:worker_threads";
import { endOfWorker, startCheckerWorker } from "../checkerWorker.js";
import type { ToChecker } from "../protocol.js";

type Waiting = { resolve: (answer: unknown) => void; reject: (reason: Error) => void };

/** A question without its number, for each kind. */
export type Question = ToChecker extends infer Each ? (Each extends ToChecker ? Omit<Each, "id"> : never) : never;

/** A checker worker, seen from where its questions come from. */
export interface CheckerThread {
  port: Pick<MessagePort | Worker, "postMessage"> & {
    on(event: "message", listener: (value: Answer) => void): unknown;
  };
  /** Resolves with the reason when it has ended. */
  ended: Promise<string>;
  end(): unknown;
}

interface Answer {
  id: number;
  answer: unknown;
  error?: string;
}

interface End {
  reason: string;
  /** Whether it had answered anything: one that never gets as far would die for ever. */
  answered: boolean;
}

/** How long main may take to say why the first checker has ended: it may be running a cell. */
const REASON_MS = 500;

/** @param reason told by main, which started it */
export function firstChecker(port: MessagePort, reason: Promise<string>): CheckerThread {
  const closed = new Promise<string>((resolve) => {
    port.once("close", () => setTimeout(resolve, REASON_MS, "it ended while a cell was running").unref());
  });
  return { port, ended: Promise.race([reason, closed]), end: () => port.close() };
}

export function nextChecker(): CheckerThread {
  const worker = startCheckerWorker();
  return { port: worker, ended: endOfWorker(worker), end: () => worker.terminate() };
}

/** @param onEnd called when it has ended without having been asked to; gives what its open questions are told */
export function askChecker({ port, ended, end }: CheckerThread, onEnd: (end: End) => Error) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let answered = false;
  let refusal: Error | undefined;
  const refuse = (reason: Error) => {
    refusal ??= reason;
    for (const question of waiting.values()) question.reject(refusal);
    waiting.clear();
  };
  port.on("message", ({ id, answer, error }) => {
    answered = true;
    const question = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) question?.resolve(answer);
    else question?.reject(new Error(error));
  });
  void ended.then((reason) => {
    if (!refusal) refuse(onEnd({ reason, answered }));
  });

  return {
    /** Rejects when the checker fails on it or dies. */
    ask(question: Question): Promise<unknown> {
      if (refusal) return Promise.reject(refusal);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        port.postMessage({ ...question, id });
      });
    },
    async end(why: Error): Promise<void> {
      refuse(why);
      await end();
    },
  };
}

export type Checker = ReturnType<typeof askChecker>;
