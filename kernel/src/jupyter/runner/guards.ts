// What a cell must not do to the kernel: end the process, or bring it down with an error that nobody caught.

import { describeError } from "./traceback.js";

/** @returns the real exit, for the kernel's own use */
export function installGuards(): (code: number) => never {
  const exit = process.exit.bind(process);
  // Not in Node's declarations; its own process.exit ends in it.
  const own = process as NodeJS.Process & { reallyExit: (code: number) => never };
  const { reallyExit } = own;
  const refuse = (name: string) => (): never => {
    throw new Error(
      `${name} would end the kernel and lose the notebook's variables; to start afresh use the notebook's Restart`,
    );
  };
  process.exit = refuse("process.exit()");
  process.abort = refuse("process.abort()");
  own.reallyExit = refuse("process.reallyExit()");

  // No listener, which a cell could take away, and which a listener of its own could keep from being called.
  process.setUncaughtExceptionCaptureCallback((error) => {
    report("Uncaught", error);
    for (const listener of process.listeners("uncaughtException")) attempt(() => listener(error, "uncaughtException"));
  });
  process.on("unhandledRejection", (reason) => report("Uncaught (in a promise)", reason));
  // A terminal sends Ctrl-C to the whole group; interrupts come as messages.
  process.on("SIGINT", () => undefined);
  return (code) => {
    own.reallyExit = reallyExit;
    return exit(code);
  };
}

function attempt(listener: () => void): void {
  try {
    listener();
  } catch (cause) {
    report("Uncaught, in a listener of uncaughtException", cause);
  }
}

function report(how: string, thrown: unknown): void {
  process.stderr.write(`${how} ${describeError(thrown).traceback.join("\n")}\n`);
}
