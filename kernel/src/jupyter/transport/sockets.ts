// The five ZeroMQ sockets of a kernel. Sends on one socket are serialised (ZeroMQ allows one at a time) and never dropped:
// the high-water mark is off, so a slow client costs memory and not messages.

import { Router, XPublisher } from "zeromq";
import type { Header, Json } from "../protocol.js";
import type { Message, Outgoing, Wire } from "./wire.js";

/** What a connection file says. */
export interface ConnectionInfo {
  transport: string;
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: string;
}

export type Channel = "shell" | "control" | "stdin";

export interface Sockets {
  /** Reply to a request on the channel it came by. */
  reply(channel: Channel, request: Message, type: string, content: Json): void;
  /** Send to a client on a channel, outside of a reply (input_request). */
  send(channel: Channel, message: Outgoing): void;
  /** Publish to every subscriber. */
  publish(type: string, content: Json, parent: Header | Json, metadata?: Json, buffers?: Uint8Array[]): void;
  /** Send what is queued, then close. */
  close(): Promise<void>;
}

interface Handlers {
  onMessage: (channel: Channel, message: Message) => void;
  /** Told what could not be sent: such a message is dropped, and the others go on. */
  report: (text: string) => void;
}

/** Time that closed sockets keep trying to deliver their last messages. */
const LINGER_MS = 1000;

/** Bind the sockets and hand every well-formed message to `onMessage`. @throws when one cannot be bound; then none is left open */
export async function openSockets(info: ConnectionInfo, wire: Wire, { onMessage, report }: Handlers): Promise<Sockets> {
  const options = { linger: LINGER_MS, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const routers = { shell: new Router(options), control: new Router(options), stdin: new Router(options) };
  const heartbeat = new Router(options);
  const iopub = new XPublisher({ ...options, verbosity: "allSubs" });
  const all = [routers.shell, routers.control, routers.stdin, heartbeat, iopub];
  const separator = info.transport === "tcp" ? ":" : "-";
  const address = (port: number) => `${info.transport}://${info.ip}${separator}${port}`;
  const bound = await Promise.allSettled([
    routers.shell.bind(address(info.shell_port)),
    routers.control.bind(address(info.control_port)),
    routers.stdin.bind(address(info.stdin_port)),
    heartbeat.bind(address(info.hb_port)),
    iopub.bind(address(info.iopub_port)),
  ]);
  const refused = bound.find((outcome) => outcome.status === "rejected");
  if (refused) {
    for (const socket of all) socket.close();
    throw refused.reason;
  }

  const senders = {
    shell: createSender(routers.shell),
    control: createSender(routers.control),
    stdin: createSender(routers.stdin),
    iopub: createSender(iopub),
    heartbeat: createSender(heartbeat),
  };

  const push = (channel: Channel | "iopub", message: Outgoing, topic: Frames = []): void => {
    try {
      senders[channel].push([...topic, ...wire.encode(message)]);
    } catch (cause) {
      report(`${message.type} could not be sent: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
  const send = (channel: Channel, message: Outgoing) => push(channel, message);
  const publish: Sockets["publish"] = (type, content, parent, metadata, buffers) =>
    push("iopub", { type, content, parent, metadata, buffers }, [`kernel.${type}`]);

  for (const channel of ["shell", "control", "stdin"] as const) {
    void receive(routers[channel], (frames) => {
      const message = wire.decode(frames);
      if (message) onMessage(channel, message);
    });
  }
  void receive(heartbeat, (frames) => senders.heartbeat.push(frames));
  void receive(iopub, ([frame]) => {
    // First byte 1: a subscription; the rest is its topic. The welcome tells the client that nothing will be missed from here on.
    if (frame?.[0] !== 1) return;
    const topic = frame.subarray(1);
    senders.iopub.push([
      topic,
      ...wire.encode({ type: "iopub_welcome", content: { subscription: topic.toString() }, parent: {} }),
    ]);
  });

  return {
    send,
    publish,
    reply: (channel, request, type, content) =>
      send(channel, { type, content, parent: request.header, identities: request.identities }),
    async close() {
      await Promise.all(Object.values(senders).map((sender) => sender.drained()));
      for (const socket of all) socket.close();
    },
  };
}

type Frames = (Buffer | string | Uint8Array)[];

async function receive(socket: AsyncIterable<Buffer[]>, handle: (frames: Buffer[]) => void): Promise<void> {
  for await (const frames of socket) handle(frames);
}

/** One send at a time, in order. A client that has gone is no error of ours: what cannot be routed is dropped. */
function createSender(socket: { send(frames: Frames): Promise<void>; closed: boolean }) {
  const queue: Frames[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (let frames = queue.shift(); frames !== undefined && !socket.closed; frames = queue.shift()) {
      try {
        await socket.send(frames);
      } catch {}
    }
    running = undefined;
  }

  return {
    push(frames: Frames): void {
      queue.push(frames);
      running ??= run();
    },
    async drained(): Promise<void> {
      await running;
    },
  };
}
