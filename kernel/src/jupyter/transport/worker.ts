// The transport worker: owns everything of the protocol, so heartbeat, control and interrupt answer whatever the user's code does.

import { writeSync } from "node:fs";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { FromMain, ToMain } from "../protocol.js";
import { createCheckerClient } from "./checkerClient.js";
import { firstChecker } from "./checkerThread.js";
import type { ConnectionInfo } from "./sockets.js";

/** What main hands over. */
export interface TransportData {
  connection: ConnectionInfo;
  flags: SharedArrayBuffer;
  input: MessagePort;
  /** Where the first checker is asked. */
  checker: MessagePort;
}

/** How often the kernel looks whether the process that started it is still there. */
const PARENT_CHECK_MS = 1000;
/** How long a main thread may take to end by itself. */
const EXIT_MS = 2000;

const port = parentPort as MessagePort;
const { connection, flags, input, checker: checkerPort } = workerData as TransportData;
let tellEnd: (reason: string) => void = () => undefined;
const checker = createCheckerClient(firstChecker(checkerPort, new Promise((resolve) => (tellEnd = resolve))));
const [{ openSockets }, { createWire }, { createKernel }] = await Promise.all([
  import("./sockets.js"),
  import("./wire.js"),
  import("./kernel.js"),
]);
const { randomUUID } = await import("node:crypto");

const early: Parameters<typeof kernel.onMessage>[] = [];
let receive = (...message: Parameters<typeof kernel.onMessage>): unknown => early.push(message);
const report = (text: string): void => void writeSync(2, `nabla kernel: ${text}\n`);
const open = async () => {
  const wire = createWire(connection.key, connection.signature_scheme, randomUUID());
  return openSockets(connection, wire, { onMessage: (...message) => receive(...message), report });
};
const sockets = await open().catch(stillborn);
const kernel = createKernel({
  sockets,
  checker,
  shared: { flags: new Int32Array(flags) },
  post: (message: ToMain) => port.postMessage(message),
  postInput: (value) => input.postMessage(value),
  onShutdown: () => void shutdown(0),
});
receive = kernel.onMessage;
for (const message of early) receive(...message);
sockets.publish("status", { execution_state: "starting" }, {});
port.on("message", (message: FromMain) => {
  if (message.kind === "checkerEnded") return tellEnd(message.reason);
  try {
    kernel.onMain(message);
  } catch (cause) {
    report(`${message.kind} of a cell failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
  }
});

const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid !== parent) void shutdown(0);
}, PARENT_CHECK_MS);

// A fault of this thread: Node would end it with the sockets open, which aborts the process without a word.
process.on("uncaughtException", (cause) => {
  report(`the transport stopped: ${cause.stack ?? cause.message}`);
  void shutdown(1);
});

let ending = false;

/** Close the sockets here, in the thread that opened them, then let main end the process. */
async function shutdown(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  clearInterval(watch);
  kernel.streams.flush();
  await sockets.close();
  await checker.close();
  await Promise.race([kernel.stop(), new Promise((resolve) => setTimeout(resolve, EXIT_MS))]);
  kernel.close();
  // A main thread that cannot be stopped must not keep the process alive.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), EXIT_MS).unref();
  kernel.main.exit(code);
}

/** The sockets could not be opened: say why, let main end the process, and do nothing more. */
async function stillborn(cause: unknown): Promise<never> {
  report(`the transport stopped: ${cause instanceof Error ? cause.message : String(cause)}`);
  await checker.close();
  port.postMessage({ kind: "exit", code: 1 } satisfies ToMain);
  return new Promise(() => undefined);
}
