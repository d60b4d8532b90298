// The kernel process: `node main.js <connection file>`. The main thread runs the user's code and nothing else.

import { writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import { endOfWorker, startCheckerWorker } from "./checkerWorker.js";
import { readConnectionFile } from "./connectionFile.js";
import type { FromMain, ToMain } from "./protocol.js";
import type { TransportData } from "./transport/worker.js";

const [, , connectionFile] = process.argv;
if (!connectionFile) {
  console.error("nabla kernel: wanted the path of a connection file as the only argument");
  process.exit(2);
}

const connection = connectionOf(connectionFile);
const flags = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
const inputs = new MessageChannel();
const questions = new MessageChannel();
const data: TransportData = {
  connection,
  flags,
  input: inputs.port2,
  checker: questions.port2,
};
const transport = new Worker(new URL("./transport/worker.js", import.meta.url), {
  workerData: data,
  transferList: [inputs.port2, questions.port2],
});
void endOfWorker(startCheckerWorker(questions.port1)).then((reason) => post({ kind: "checkerEnded", reason }));
const post = (message: FromMain): void => transport.postMessage(message);
// What comes before the rest has loaded waits for it.
const early: ToMain[] = [];
let receive = (message: ToMain): unknown => early.push(message);
transport.on("message", (message: ToMain) => receive(message));
let end = (code: number): unknown => process.exit(code);
// Past the streams: they lead through the transport.
transport.on("error", (cause) => {
  writeSync(2, `nabla kernel: the transport stopped: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  end(1);
});

// The rest loads while the transport starts.
const [
  { bindHost },
  { captureOutput },
  { captureChildren },
  { createComms },
  { createInput },
  { createModules },
  { createRunner },
  { createScope },
  { currentParent, duringParent, endHandlers, followTimers },
  { describeError },
  { installGuards },
  { installStacks },
  { followSweeps },
] = await Promise.all([
  import("./runner/host.js"),
  import("./runner/output.js"),
  import("./runner/children.js"),
  import("./runner/comms.js"),
  import("./runner/input.js"),
  import("./runner/modules.js"),
  import("./runner/run.js"),
  import("./runner/scope.js"),
  import("./runner/parent.js"),
  import("./runner/traceback.js"),
  import("./runner/guards.js"),
  import("./runner/stack.js"),
  import("./runner/engineProgress.js"),
]);

const words = new Int32Array(flags);
const folder = process.cwd();
// CommonJS code that is pasted into a cell asks for these.
Object.assign(globalThis, { __dirname: folder, __filename: join(folder, "notebook.ts") });
const modules = createModules(folder);
const runner = createRunner(post, createScope(), modules, pathToFileURL(join(folder, "notebook.ts")).href);
const comms = createComms(post);
end = installGuards();
installStacks();
followTimers();
followSweeps();
captureOutput(post, words);
const endWait = captureChildren(words);
bindHost({
  publish: (type, content, metadata) => post({ kind: "publish", type, content, metadata, parent: currentParent() }),
  waitFor: runner.waitFor,
  input: createInput(post, words, inputs.port1, runner.current),
  addPayload: (payload) => void runner.current()?.payload.push(payload),
  comms: comms.api,
});
receive = onTransport;
for (const message of early) onTransport(message);

function onTransport(message: ToMain): void {
  switch (message.kind) {
    case "run":
      return runner.runCell(message, message.code);
    case "evaluate":
      return runner.evaluate({ ...message, cell: undefined, allowInput: false });
    case "comm": {
      const done = (error?: unknown) =>
        post({ kind: "done", id: message.id, error: error === undefined ? undefined : describeError(error) });
      duringParent(message.parent, () => comms.receive(message.message, message.parent)).then(() => done(), done);
      return;
    }
    case "interrupt":
      runner.interrupt();
      endWait();
      endHandlers();
      return post({ kind: "interrupted", id: message.id });
    case "preload":
      void modules.prepare(["nabla"])?.catch(() => undefined);
      return;
    case "exit":
      void transport.terminate().then(() => end(message.code));
      return;
  }
}

function connectionOf(path: string): TransportData["connection"] {
  try {
    return readConnectionFile(path);
  } catch (cause) {
    console.error(`nabla kernel: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exit(2);
  }
}
