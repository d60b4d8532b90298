// A Jupyter client for benches: starts any kernel by its command line, stamps every message when it arrives, and
// reads the memory of the kernel's processes.

import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";

/** How long an answer may take. */
const PATIENCE_MS = 30_000;
const POLL_MS = 2;

/** @param argv the kernel's command line of the path of its connection file @param env what is set for it */
export async function start(argv, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "nabla-bench-"));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const key = randomUUID();
  const connection = { transport: "tcp", ip: "127.0.0.1", ...ports, key, signature_scheme: "hmac-sha256" };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify({ ...connection, kernel_name: "bench" }));

  const session = randomUUID();
  const address = (port) => `tcp://127.0.0.1:${port}`;
  const seen = [];
  const sign = (parts) => parts.reduce((hmac, part) => hmac.update(part), createHmac("sha256", key)).digest("hex");
  const dealer = (port) => {
    const socket = new Dealer({ linger: 0, routingId: session, reconnectInterval: POLL_MS, sendHighWaterMark: 0 });
    socket.connect(address(port));
    return socket;
  };
  const sockets = { shell: dealer(shell_port), control: dealer(control_port), stdin: dealer(stdin_port) };
  const heartbeat = new Dealer({ linger: 0, reconnectInterval: POLL_MS });
  heartbeat.connect(address(hb_port));
  const iopub = new Subscriber({ linger: 0, reconnectInterval: POLL_MS, receiveHighWaterMark: 0 });
  iopub.connect(address(iopub_port));
  iopub.subscribe("");
  const read = async (channel, socket) => {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      const [header, parent, , content] = frames.slice(at + 2, at + 6).map((part) => JSON.parse(part.toString()));
      seen.push({ channel, type: header.msg_type, parent: parent.msg_id, content, at: performance.now() });
    }
  };
  for (const [channel, socket] of Object.entries({ ...sockets, iopub })) read(channel, socket).catch(() => undefined);

  const started = performance.now();
  const [command, ...args] = argv(file);
  const child = spawn(command, args, { cwd: folder, stdio: "ignore", env: { ...process.env, ...env } });
  const exited = new Promise((resolve) => child.once("exit", resolve));

  let sending = Promise.resolve();
  function send(channel, type, content, buffers = []) {
    const id = randomUUID();
    const header = { msg_id: id, msg_type: type, session, username: "bench", date: new Date().toISOString() };
    const parts = [{ ...header, version: "5.4" }, {}, {}, content].map((part) => JSON.stringify(part));
    const frames = ["<IDS|MSG>", sign(parts), ...parts, ...buffers];
    sending = sending.then(() => sockets[channel].send(frames));
    return { id, at: performance.now() };
  }

  /** The first message for which `matches` holds, or undefined when none has come in time. */
  async function find(matches, patience = PATIENCE_MS) {
    const until = performance.now() + patience;
    for (let next = 0; performance.now() < until && child.exitCode === null; ) {
      for (; next < seen.length; next++) if (matches(seen[next])) return seen[next];
      await new Promise((resolve) => (patience < PATIENCE_MS ? setTimeout(resolve, POLL_MS) : setImmediate(resolve)));
    }
    return undefined;
  }
  const reply = (id, patience) => find((m) => m.parent === id && m.channel !== "iopub", patience);
  const published = (id, type) => seen.filter((m) => m.parent === id && m.channel === "iopub" && m.type === type);
  const isIdle = (m) => m.type === "status" && m.content.execution_state === "idle";
  const idle = (id, patience) => find((m) => m.parent === id && isIdle(m), patience);

  async function request(type, content, { channel = "shell", patience } = {}) {
    const { id, at } = send(channel, type, content);
    const answer = await reply(id, patience);
    return { id, ms: answer && answer.at - at, content: answer?.content, sinceStart: answer && answer.at - started };
  }
  const execution = (code, more) => ({
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
    ...more,
  });

  return {
    pid: child.pid,
    folder,
    started,
    seen,
    send,
    find,
    reply,
    idle,
    request,
    published,
    start: (code, more) => send("shell", "execute_request", execution(code, more)),
    /** Run a cell to its reply and its idle. */
    async execute(code, { patience, ...more } = {}) {
      const answer = await request("execute_request", execution(code, more), { patience });
      if (answer.content) await idle(answer.id, patience);
      return answer;
    },
    /** Milliseconds of one heartbeat. */
    async beat() {
      const at = performance.now();
      await heartbeat.send("ping");
      await heartbeat.receive();
      return performance.now() - at;
    },
    memory: () => memoryOf(child.pid),
    async stop() {
      send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
      await exited;
      clearTimeout(timer);
      for (const socket of [...Object.values(sockets), heartbeat, iopub]) socket.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resident memory of a process and all below it, in MiB. */
function memoryOf(pid) {
  const table = new Map();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const value = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      table.set(Number(name), { parent: value("PPid"), kib: value("VmRSS") });
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (id) =>
    [...table].filter(([, { parent }]) => parent === id).flatMap(([child]) => [child, ...below(child)]);
  return [pid, ...below(pid)].reduce((sum, id) => sum + (table.get(id)?.kib ?? 0), 0) / 1024;
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
