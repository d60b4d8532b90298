// What a cell must not do to the kernel: end the process, or bring it down with an error that nobody caught.

import { describeError } from "./traceback.js";

/** @returns the real exit, for the kernel's own use */
export function installGuards(): (code: number) => never {
  const exit = process.exit.bind(process);
  const refuse = (name: string) => (): never => {
    throw new Error(
      `${name} would end the kernel and lose the notebook's variables; to start afresh use the notebook's Restart`,
    );
  };
  process.exit = refuse("process.exit()");
  process.abort = refuse("process.abort()");

  process.on("uncaughtException", (error) => report("Uncaught", error));
  process.on("unhandledRejection", (reason) => report("Uncaught (in a promise)", reason));
  // A terminal sends Ctrl-C to the whole group; interrupts come as messages.
  process.on("SIGINT", () => undefined);
  return exit;
}

function report(how: string, thrown: unknown): void {
  process.stderr.write(`${how} ${describeError(thrown).traceback.join("\n")}\n`);
}
