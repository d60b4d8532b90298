// Every request of the protocol and its answer. Cells and comm messages go to the queue; all else is answered at once,
// also while a cell runs. A request of an unknown type gets a reply that says so, never silence.

import type { CommMessage, FromMain, Json, SharedState, ToMain } from "../protocol.js";
import { BYTES_IN_FLIGHT } from "../protocol.js";
import type { CheckerClient } from "./checkerClient.js";
import { createCommRegistry } from "./commRegistry.js";
import { createExecuteQueue } from "./execute.js";
import { createHistory } from "./history.js";
import { createHistoryFiles, historyFolder } from "./historyFiles.js";
import { KERNEL_INFO } from "./info.js";
import { createInterrupt } from "./interrupt.js";
import { createMainClient } from "./mainClient.js";
import type { Channel, Sockets } from "./sockets.js";
import { createStatus } from "./status.js";
import { createStdin } from "./stdin.js";
import { createStreams } from "./streams.js";
import { toCodePoints, toUtf16 } from "./text.js";
import type { Message } from "./wire.js";

interface Parts {
  sockets: Sockets;
  checker: CheckerClient;
  shared: SharedState;
  post: (message: ToMain) => void;
  postInput: (value: string) => void;
  /** Called once, when the kernel has been asked to end. */
  onShutdown: () => void;
}

export function createKernel({ sockets, checker, shared, post, postInput, onShutdown }: Parts) {
  const status = createStatus(sockets);
  const streams = createStreams(sockets, (characters) => {
    Atomics.sub(shared.flags, BYTES_IN_FLIGHT, characters);
    Atomics.notify(shared.flags, BYTES_IN_FLIGHT);
  });
  const historyFiles = createHistoryFiles(historyFolder());
  const history = createHistory(historyFiles);
  const main = createMainClient(post);
  const interrupt = createInterrupt(post, shared);
  const comms = createCommRegistry();
  const queue = createExecuteQueue({ sockets, status, streams, checker, main, history });
  const stdin = createStdin(sockets, shared, postInput);

  type Handler = (request: Message, channel: Channel) => Promise<Json> | Json;
  const handlers: Record<string, Handler> = {
    kernel_info_request: () => KERNEL_INFO,
    complete_request: async ({ content }) => {
      const code = text(content.code);
      const position = toUtf16(code, number(content.cursor_pos, code.length));
      const { start, end, matches } = await checker.ask("complete", { code, position });
      const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
      const types = matches.map(({ name, ...rest }) => ({
        start: cursor_start,
        end: cursor_end,
        text: name,
        ...rest,
      }));
      const metadata = { _jupyter_types_experimental: types };
      return { status: "ok", matches: matches.map((match) => match.name), cursor_start, cursor_end, metadata };
    },
    inspect_request: async ({ content }) => {
      const code = text(content.code);
      const position = toUtf16(code, number(content.cursor_pos, code.length));
      const found = await checker.ask("inspect", { code, position, detail: number(content.detail_level, 0) });
      if (!found) return { status: "ok", found: false, data: {}, metadata: {} };
      const { signature, documentation } = found;
      const data = {
        "text/plain": documentation ? `${signature}\n\n${documentation}` : signature,
        "text/markdown": `\`\`\`typescript\n${signature}\n\`\`\`${documentation ? `\n\n${documentation}` : ""}`,
      };
      return { status: "ok", found: true, data, metadata: {} };
    },
    is_complete_request: async ({ content }) => ({
      ...(await checker.ask("isComplete", { code: text(content.code) })),
    }),
    history_request: ({ content }) => ({ status: "ok", history: history.query(content) }),
    comm_info_request: ({ content }) => ({ status: "ok", comms: comms.info(content.target_name) }),
    interrupt_request: async () => {
      queue.interrupting();
      await stop();
      return { status: "ok" };
    },
    shutdown_request: ({ content }) => ({ status: "ok", restart: content.restart === true }),
    debug_request: ({ content }) => ({
      type: "response",
      request_seq: number(content.seq, 0),
      success: false,
      command: text(content.command),
      message: "this kernel has no debugger",
    }),
    create_subshell_request: () => NO_SUBSHELLS,
    delete_subshell_request: () => NO_SUBSHELLS,
    list_subshell_request: () => NO_SUBSHELLS,
  };

  async function stop(): Promise<void> {
    stdin.cancel();
    await interrupt.interrupt();
    main.abandon();
  }

  async function onMessage(channel: Channel, request: Message): Promise<void> {
    const type = request.header.msg_type;
    if (channel === "stdin") {
      if (type === "input_reply") stdin.reply(text(request.content.value));
      return;
    }
    if (type === "execute_request") return queue.execute(channel, request);
    if (type === "comm_open" || type === "comm_msg" || type === "comm_close") {
      const message = commMessage(type, request);
      comms.see(message);
      return queue.comm(request, message);
    }
    status.busy(request.header);
    const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
    const content = handler ? await attempt(() => handler(request, channel)) : refusal(type);
    sockets.reply(channel, request, type.replace(/_request$/, "_reply"), content);
    // Every client is told, so that none takes the end for a crash.
    if (type === "shutdown_request") sockets.publish("shutdown_reply", content, request.header);
    status.idle(request.header);
    if (type === "shutdown_request") onShutdown();
  }

  function onMain(message: Exclude<FromMain, { kind: "checkerEnded" }>): void {
    switch (message.kind) {
      case "done":
        return main.done(message);
      case "stream":
        return streams.write(message.name, message.text, message.parent);
      case "publish":
        streams.flush();
        return sockets.publish(message.type, message.content, message.parent, message.metadata, message.buffers);
      case "comm": {
        const { kind, id, target, data, metadata, buffers } = message.message;
        comms.see(message.message);
        streams.flush();
        const content = { comm_id: id, data, ...(target === undefined ? {} : { target_name: target }) };
        return sockets.publish(kind, content, message.parent, metadata, buffers);
      }
      case "input":
        streams.flush();
        return stdin.ask(queue.current(), message.prompt, message.password);
      case "interrupted":
        return interrupt.answered(message.id);
    }
  }

  return {
    onMessage,
    onMain,
    stop,
    main,
    streams,
    close(): void {
      interrupt.close();
      historyFiles.close();
    },
  };
}

/** Cells run one after the other, so a subshell could not run beside them. */
const NO_SUBSHELLS = failure(
  "Unsupported",
  'this kernel has no subshells: "kernel subshells" is not among its supported_features',
);

function commMessage(kind: CommMessage["kind"], { content, metadata, buffers }: Message): CommMessage {
  const target = kind === "comm_open" ? { target: text(content.target_name) } : {};
  return { kind, id: text(content.comm_id), ...target, data: content.data, metadata, buffers };
}

async function attempt(answer: () => Promise<Json> | Json): Promise<Json> {
  try {
    return await answer();
  } catch (cause) {
    return failure("RequestError", cause instanceof Error ? cause.message : String(cause));
  }
}

function refusal(type: string): Json {
  return failure(
    "UnknownRequest",
    `${type}: this kernel has no such request (protocol ${KERNEL_INFO.protocol_version})`,
  );
}

function failure(ename: string, evalue: string): Json {
  return { status: "error", ename, evalue, traceback: [] };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
