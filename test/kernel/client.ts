// A Jupyter client for tests: starts the built kernel with a connection file of its own and speaks the protocol over real sockets.

import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { kernelArguments } from "../../kernel/dist/cli/kernelSpec.js";

export interface Message {
  header: { msg_id: string; msg_type: string; [key: string]: unknown };
  parent_header: { msg_id?: string; msg_type?: string };
  // Message contents are free-form JSON; tests state what they expect of them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  content: any;
  metadata: Record<string, unknown>;
  buffers: Buffer[];
}

type Channel = "shell" | "control" | "stdin";

/** How long a message may take on a busy machine. */
const PATIENCE_MS = 20_000;

interface StartOptions {
  cwd?: string;
  key?: string;
  env?: Record<string, string>;
}

export async function startKernel({ cwd, key = randomUUID(), env }: StartOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "nabla-kernel-"));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key,
    signature_scheme: "hmac-sha256",
  };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const process = spawn(globalThis.process.execPath, kernelArguments(file), {
    cwd: cwd ?? folder,
    env: { ...globalThis.process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const client = connect(connection, process, folder);
  await client.welcome;
  return client;
}

export type Client = Awaited<ReturnType<typeof startKernel>>;

interface Connection {
  shell_port?: number;
  iopub_port?: number;
  stdin_port?: number;
  control_port?: number;
  hb_port?: number;
  key: string;
}

function connect(connection: Connection, process: ChildProcess, folder: string) {
  const session = randomUUID();
  const sign = (parts: (string | Buffer)[]): string => {
    const hmac = createHmac("sha256", connection.key);
    for (const part of parts) hmac.update(part);
    return connection.key === "" ? "" : hmac.digest("hex");
  };
  const address = (port: number | undefined) => `tcp://127.0.0.1:${port}`;
  const dealer = () => new Dealer({ linger: 0, routingId: session, receiveHighWaterMark: 0, sendHighWaterMark: 0 });
  const sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
  const heartbeat = new Dealer({ linger: 0 });
  const subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  sockets.shell.connect(address(connection.shell_port));
  sockets.control.connect(address(connection.control_port));
  sockets.stdin.connect(address(connection.stdin_port));
  heartbeat.connect(address(connection.hb_port));
  subscriber.connect(address(connection.iopub_port));
  subscriber.subscribe("");

  const seen: { channel: Channel | "iopub"; message: Message }[] = [];
  const waiters = new Set<() => void>();
  let output = "";
  process.stdout?.on("data", (chunk) => (output += chunk));
  process.stderr?.on("data", (chunk) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => process.once("exit", (code) => resolve(code)));
  const ended = () => process.exitCode !== null || process.signalCode !== null;
  void exited.then(() => {
    for (const wake of waiters) wake();
  });

  const read = async (channel: Channel | "iopub", socket: AsyncIterable<Buffer[]>) => {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      const parts = frames.slice(at + 2, at + 6);
      if (frames[at + 1]?.toString() !== sign(parts))
        throw new Error("the kernel sent a message with a wrong signature");
      const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
      seen.push({ channel, message: { header, parent_header, metadata, content, buffers: frames.slice(at + 6) } });
      for (const wake of waiters) wake();
    }
  };
  for (const channel of ["shell", "control", "stdin"] as const)
    void read(channel, sockets[channel]).catch(() => undefined);
  void read("iopub", subscriber).catch(() => undefined);

  /** The first message, also among those that came before, for which `matches` holds. */
  async function find(
    channel: Channel | "iopub",
    matches: (message: Message) => boolean,
    what: string,
    patience = PATIENCE_MS,
  ): Promise<Message> {
    const until = Date.now() + patience;
    for (let from = 0; ; ) {
      for (; from < seen.length; from++) {
        const entry = seen[from];
        if (entry?.channel === channel && matches(entry.message)) return entry.message;
      }
      const left = until - Date.now();
      if (ended()) throw new Error(`the kernel ended while ${what} was awaited: ${output}`);
      if (left <= 0) throw new Error(`no ${what} on ${channel} within ${patience} ms; kernel output: ${output}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        function done() {
          clearTimeout(timer);
          waiters.delete(done);
          resolve();
        }
        waiters.add(done);
      });
    }
  }

  function send(
    channel: Channel,
    msg_type: string,
    content: unknown,
    { parent = {}, metadata = {}, buffers = [] as Buffer[] } = {},
  ): string {
    const msg_id = randomUUID();
    const header = { msg_id, msg_type, session, username: "test", date: new Date().toISOString(), version: "5.4" };
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    sendRaw(channel, ["<IDS|MSG>", sign(parts), ...parts, ...buffers]);
    return msg_id;
  }

  const queues: Record<Channel, Promise<void>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
    stdin: Promise.resolve(),
  };
  function sendRaw(channel: Channel, frames: (string | Buffer)[]): void {
    queues[channel] = queues[channel].then(() => sockets[channel].send(frames));
  }

  const childOf = (id: string) => (message: Message) => message.parent_header.msg_id === id;
  const reply = (id: string, channel: Channel = "shell", patience?: number) =>
    find(channel, childOf(id), "reply", patience);
  const idle = (id: string, patience?: number) =>
    find(
      "iopub",
      (message) =>
        childOf(id)(message) && message.header.msg_type === "status" && message.content.execution_state === "idle",
      "idle",
      patience,
    );
  const published = (id: string) =>
    seen.filter(({ channel, message }) => channel === "iopub" && childOf(id)(message)).map(({ message }) => message);

  async function request(msg_type: string, content: unknown, channel: Channel = "shell") {
    const id = send(channel, msg_type, content);
    return (await reply(id, channel)).content;
  }

  async function outcome(id: string, patience?: number) {
    const [answer] = await Promise.all([reply(id, "shell", patience), idle(id, patience)]);
    const messages = published(id);
    const of = (type: string) =>
      messages.filter((message) => message.header.msg_type === type).map((message) => message.content);
    const stream = (name: string) =>
      of("stream")
        .filter((content) => content.name === name)
        .map((content) => content.text)
        .join("");
    return {
      id,
      reply: answer.content,
      messages,
      stdout: stream("stdout"),
      stderr: stream("stderr"),
      result: of("execute_result")[0]?.data,
      displays: of("display_data"),
      /** The traceback without colours. */
      traceback: plain((answer.content.traceback ?? []).join("\n")),
    };
  }

  const client = {
    connection,
    process,
    folder,
    welcome: find("iopub", (message) => message.header.msg_type === "iopub_welcome", "iopub_welcome"),
    exited,
    find,
    send,
    sendRaw,
    sign,
    reply,
    idle,
    published,
    request,
    outcome,
    output: () => output,
    seen,
    heartbeat: async () => {
      await heartbeat.send("ping");
      await heartbeat.receive();
    },
    start: (code: string, options: object = {}) =>
      send("shell", "execute_request", {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
        ...options,
      }),
    async execute(code: string, options: object = {}) {
      return outcome(client.start(code, options));
    },
    interrupt: () => request("interrupt_request", {}, "control"),
    /** A second client of the same kernel. */
    another: async () => {
      const other = connect(connection, process, folder);
      await other.welcome;
      return other;
    },
    close: () => {
      for (const socket of [...Object.values(sockets), heartbeat, subscriber]) socket.close();
    },
    /** Let go of the sockets and, if it still runs, of the kernel. */
    async stop() {
      if (!ended()) {
        send("control", "shutdown_request", { restart: false });
        const timer = setTimeout(() => process.kill("SIGKILL"), 5000);
        await exited;
        clearTimeout(timer);
      }
      client.close();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
  return client;
}

/** Without ANSI colours. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what colours begin with
  return text.replace(/\u001b\[\d+m/g, "");
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
