// The execute queue: one cell at a time, in order, with comm messages delivered in their place between cells.
//
// A cell: busy, execute_input, checked and compiled by the checker, run by main, its declarations kept (also when it
// threw), user_expressions, reply, idle. An error aborts the cells that were already queued, and only those.

import type { CellError, CommMessage, Header, Json, ToMain } from "../protocol.js";
import type { CheckerClient } from "./checkerClient.js";
import type { History } from "./history.js";
import { INTERRUPTED, type MainClient } from "./mainClient.js";
import type { Channel, Sockets } from "./sockets.js";
import type { Status } from "./status.js";
import type { Streams } from "./streams.js";
import type { Message } from "./wire.js";

interface Parts {
  sockets: Sockets;
  status: Status;
  streams: Streams;
  checker: CheckerClient;
  main: MainClient;
  history: History;
}

type Entry =
  | { kind: "cell"; channel: Channel; request: Message }
  | { kind: "comm"; request: Message; message: CommMessage };

type CellTask = Omit<Extract<ToMain, { kind: "run" }>, "id" | "kind" | "compiled">;

const IMPORTS_NABLA = /["']nabla["']/;

export function createExecuteQueue({ sockets, status, streams, checker, main, history }: Parts) {
  const queue: Entry[] = [];
  let executionCount = 0;
  let unnumbered = 0;
  let running: { request: Message; interrupted: boolean } | undefined;
  let draining = false;

  async function drain(): Promise<void> {
    if (draining) return;
    draining = true;
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      // Its handler may wait for a later message, so nothing waits for the handler.
      if (entry.kind === "comm") void deliver(entry.request, entry.message);
      else await runCell(entry.channel, entry.request);
    }
    draining = false;
  }

  async function deliver(request: Message, message: CommMessage): Promise<void> {
    status.busy(request.header);
    const { error } = await main.request({ kind: "comm", parent: request.header, message });
    streams.flush();
    if (error) sockets.publish("error", { ...error }, request.header);
    status.idle(request.header);
  }

  async function runCell(channel: Channel, request: Message): Promise<void> {
    const { content, header } = request;
    const code = typeof content.code === "string" ? content.code : undefined;
    const silent = content.silent === true;
    const store = !silent && content.store_history !== false;
    status.busy(header);
    if (code === undefined) {
      const error = {
        ename: "RequestError",
        evalue: `execute_request: wanted a string in code, got ${typeof content.code}`,
        traceback: [],
      };
      sockets.reply(channel, request, "execute_reply", { status: "error", execution_count: executionCount, ...error });
      status.idle(header);
      return;
    }
    if (store) executionCount++;
    if (store) history.add(executionCount, code);
    if (!silent) sockets.publish("execute_input", { code, execution_count: executionCount }, header);

    running = { request, interrupted: false };
    const cell = store ? String(executionCount) : `unnumbered ${++unnumbered}`;
    const allowInput = content.allow_stdin === true;
    const outcome = code.trim() === "" ? {} : await runCode({ cell, code, parent: header, silent, allowInput });
    const expressions = outcome.error ? {} : await userExpressions(content.user_expressions, header);
    const { error } = outcome;
    running = undefined;
    streams.flush();
    if (error) {
      if (!silent) sockets.publish("error", { ...error }, header);
      if (content.stop_on_error !== false) abortQueued();
      sockets.reply(channel, request, "execute_reply", { status: "error", execution_count: executionCount, ...error });
    } else {
      const payload = outcome.payload ?? [];
      sockets.reply(channel, request, "execute_reply", {
        status: "ok",
        execution_count: executionCount,
        payload,
        user_expressions: expressions,
      });
    }
    status.idle(header);
  }

  async function runCode(task: CellTask): Promise<{ error?: CellError; payload?: Json[] }> {
    const { cell, code, parent, silent } = task;
    try {
      // The engine loads in the main thread while the checker looks at the cell.
      if (IMPORTS_NABLA.test(code)) main.preload();
      const answer = await checker.ask("compile", { code, cell, expression: false });
      if (running?.interrupted) return { error: INTERRUPTED };
      if ("error" in answer) return { error: answer.error };
      const done = await main.request({ ...task, kind: "run", compiled: answer.compiled });
      // A bundle of the last expression comes with the answer, so that nothing of the cell can come after it.
      if (done.bundle && !silent) {
        streams.flush();
        sockets.publish("execute_result", { execution_count: executionCount, ...done.bundle }, parent);
      }
      checker.declare(answer.declarations);
      return done;
    } catch (cause) {
      return { error: checkerFailure(cause) };
    }
  }

  async function userExpressions(wanted: unknown, parent: Header): Promise<Json> {
    const answers: Json = {};
    if (typeof wanted !== "object" || wanted === null) return answers;
    for (const [name, expression] of Object.entries(wanted))
      answers[name] = await evaluate(name, String(expression), parent);
    return answers;
  }

  async function evaluate(name: string, code: string, parent: Header): Promise<Json> {
    try {
      const answer = await checker.ask("compile", { code, cell: "expression", expression: true });
      if ("error" in answer) return { status: "error", ...answer.error };
      const done = await main.request({ kind: "evaluate", name, parent, compiled: answer.compiled });
      if (done.error) return { status: "error", ...done.error };
      return { status: "ok", ...(done.bundle ?? { data: {}, metadata: {} }) };
    } catch (cause) {
      return { status: "error", ...checkerFailure(cause) };
    }
  }

  /** Cells that wait now are answered "aborted"; comm messages among them are still delivered. */
  function abortQueued(): void {
    const waiting = queue.splice(0);
    for (const entry of waiting) {
      if (entry.kind === "comm") {
        queue.push(entry);
        continue;
      }
      status.busy(entry.request.header);
      sockets.reply(entry.channel, entry.request, "execute_reply", {
        status: "aborted",
        execution_count: executionCount,
      });
      status.idle(entry.request.header);
    }
  }

  return {
    execute(channel: Channel, request: Message): void {
      queue.push({ kind: "cell", channel, request });
      void drain();
    },
    /** A comm message keeps its place among the cells that wait; when none does it is delivered at once, also to a running cell. */
    comm(request: Message, message: CommMessage): void {
      if (queue.length === 0) void deliver(request, message);
      else {
        queue.push({ kind: "comm", request, message });
        void drain();
      }
    },
    /** An interrupt has been asked for: stop the cell also while it is still being checked, and the cells behind it. */
    interrupting(): void {
      if (running) running.interrupted = true;
      abortQueued();
    },
    /** The request of the running cell: input is asked of its client. */
    current: (): Message | undefined => running?.request,
    count: (): number => executionCount,
  };
}

export type ExecuteQueue = ReturnType<typeof createExecuteQueue>;

function checkerFailure(cause: unknown): CellError {
  const evalue = cause instanceof Error ? cause.message : String(cause);
  return { ename: "CheckerError", evalue, traceback: [`\u001b[31mCheckerError\u001b[39m: ${evalue}`] };
}
