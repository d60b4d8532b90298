// How a checker worker is started: the first by main, beside the transport, because it takes the longest; those after it by the
// transport.

import { type MessagePort, Worker } from "node:worker_threads";

/**
 * Small limits keep the process small: V8 collects late where it may grow, and adds the young generation to what it lets the old one
 * grow by. A cell whose types need more ends the worker and not the kernel.
 */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

/** @param port where it is asked, when not by whoever starts it */
export function startCheckerWorker(port?: MessagePort): Worker {
  return new Worker(new URL("./checker/worker.js", import.meta.url), {
    resourceLimits: LIMITS,
    execArgv: [],
    workerData: { port },
    transferList: port ? [port] : [],
  });
}

/** Why it has ended: every end comes here, with an error or without. */
export function endOfWorker(worker: Worker): Promise<string> {
  let lastWords: string | undefined;
  worker.on("error", (cause: unknown) => {
    lastWords = cause instanceof Error ? cause.message : String(cause);
  });
  return new Promise((resolve) => {
    worker.on("exit", (code) => resolve(lastWords ?? `it ended with code ${code}`));
  });
}
