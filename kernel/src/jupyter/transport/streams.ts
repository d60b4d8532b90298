// stdout and stderr, merged: many small writes become few messages, in order, never losing one.
// Text is held until the stream or its parent changes, or LONGEST_MS have passed, or it is LARGEST long, or something else is published.

import type { Header } from "../protocol.js";
import type { Sockets } from "./sockets.js";

type StreamName = "stdout" | "stderr";

/** A person sees output of this age as immediate. */
const LONGEST_MS = 20;
const LARGEST = 1 << 16;

/** @param onSent told the number of characters that have gone out, for the writer's back-pressure */
export function createStreams(sockets: Pick<Sockets, "publish">, onSent: (characters: number) => void) {
  let held: { name: StreamName; parent: Header; texts: string[]; length: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = undefined;
    if (!held) return;
    const { name, parent, texts, length } = held;
    held = undefined;
    sockets.publish("stream", { name, text: texts.join("") }, parent);
    onSent(length);
  }

  function write(name: StreamName, text: string, parent: Header): void {
    if (held && (held.name !== name || held.parent.msg_id !== parent.msg_id)) flush();
    held ??= { name, parent, texts: [], length: 0 };
    held.texts.push(text);
    held.length += text.length;
    if (held.length >= LARGEST) flush();
    else timer ??= setTimeout(flush, LONGEST_MS);
  }

  return { write, flush };
}

export type Streams = ReturnType<typeof createStreams>;
