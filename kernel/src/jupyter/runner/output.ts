// stdout and stderr of the process → stream messages. Every write is handed to the transport at once, so that what was printed
// before an endless loop is seen; a writer that is far ahead of the network waits.

import { StringDecoder } from "node:string_decoder";
import { BYTES_IN_FLIGHT, type FromMain } from "../protocol.js";
import { currentParent } from "./parent.js";

/** Characters that may be on their way before the writer waits. */
const MOST_IN_FLIGHT = 1 << 24;
/** The writer looks again after this time whatever happens, in case the transport is gone. */
const WAIT_MS = 1000;

export function captureOutput(post: (message: FromMain) => void, flags: Int32Array): void {
  for (const name of ["stdout", "stderr"] as const) {
    // A character may begin in one chunk of bytes, as a child process writes them, and end in the next.
    const decoder = new StringDecoder("utf8");
    const write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | (() => void),
      done?: () => void,
    ): boolean => {
      const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
      if (text !== "") send(name, text);
      const callback = typeof encoding === "function" ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
    process[name].write = write as typeof process.stdout.write;
  }

  function send(name: "stdout" | "stderr", text: string): void {
    const inFlight = Atomics.add(flags, BYTES_IN_FLIGHT, text.length) + text.length;
    post({ kind: "stream", name, text, parent: currentParent() });
    if (inFlight > MOST_IN_FLIGHT) Atomics.wait(flags, BYTES_IN_FLIGHT, Atomics.load(flags, BYTES_IN_FLIGHT), WAIT_MS);
  }
}
