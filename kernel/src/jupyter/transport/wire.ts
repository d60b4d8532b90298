// Jupyter's framing on ZeroMQ: identities, delimiter, signature, four JSON frames, buffers.
//
// decode() returns undefined for whatever is not a well-formed, correctly signed message: the kernel drops it.
// The key is held by the returned object only and is never part of a message or an error.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Header, Json } from "../protocol.js";

export interface Message {
  identities: Buffer[];
  header: Header;
  parent: Header | Json;
  metadata: Json;
  content: Json;
  buffers: Buffer[];
}

export interface Outgoing {
  type: string;
  content: Json;
  parent: Header | Json;
  metadata?: Json;
  buffers?: Uint8Array[];
  identities?: Buffer[];
}

const DELIMITER = "<IDS|MSG>";
export const PROTOCOL_VERSION = "5.4";

/**
 * A codec for one connection: `encode` an outgoing message, `decode` the frames of an incoming one.
 * @throws when this Node has no such signature scheme
 */
export function createWire(key: string, scheme: string, session: string) {
  const algorithm = scheme.replace(/^hmac-/, "");
  const sign = (frames: (Buffer | string)[]): string => {
    if (key === "") return "";
    const hmac = createHmac(algorithm, key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  };
  sign([]);

  function decode(frames: Buffer[]): Message | undefined {
    const at = frames.findIndex((frame) => frame.toString("latin1") === DELIMITER);
    const signature = frames[at + 1];
    const parts = frames.slice(at + 2, at + 6);
    if (at < 0 || signature === undefined || parts.length < 4) return undefined;
    const expected = Buffer.from(sign(parts));
    if (key !== "" && (expected.length !== signature.length || !timingSafeEqual(expected, signature))) return undefined;
    try {
      const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString("utf8")));
      if (!isRecord(header) || typeof header.msg_type !== "string" || typeof header.msg_id !== "string")
        return undefined;
      return {
        identities: frames.slice(0, at),
        header: header as unknown as Header,
        parent: isRecord(parent) ? parent : {},
        metadata: isRecord(metadata) ? metadata : {},
        content: isRecord(content) ? content : {},
        buffers: frames.slice(at + 6),
      };
    } catch {
      return undefined;
    }
  }

  function encode(message: Outgoing): (Buffer | string | Uint8Array)[] {
    const header = {
      msg_id: randomUUID(),
      msg_type: message.type,
      session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const parts = [header, message.parent, message.metadata ?? {}, message.content].map((part) =>
      Buffer.from(wellFormed(JSON.stringify(part))),
    );
    return [...(message.identities ?? []), DELIMITER, sign(parts), ...parts, ...(message.buffers ?? [])];
  }

  return { decode, encode };
}

export type Wire = ReturnType<typeof createWire>;

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON.stringify escapes lone surrogates as \udXXX, which strict readers (Python's among them) refuse to encode again. */
function wellFormed(json: string): string {
  return json.includes("\\ud") ? json.replace(/(?<=(?:^|[^\\])(?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "\\ufffd") : json;
}
