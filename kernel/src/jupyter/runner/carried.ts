// What leaves the main thread for the page, checked where the cell can still be told: a value that JSON cannot carry (a BigInt, a
// ring) is an error of the code that sends it. What passes is plain data of its own, which a structured clone carries too.

import type { Json, MimeBundle } from "../protocol.js";

/** @param what the sentence's beginning: "comm x: its data" @throws TypeError */
export function carried(value: unknown, what: string): unknown {
  if (typeof value === "string") return value;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new TypeError(`${what} must be JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (text === undefined) throw new TypeError(`${what} must be JSON: got a ${typeof value}`);
  return JSON.parse(text);
}

/** @param who the sentence's beginning: "display" */
export function carriedBundle(bundle: MimeBundle, who: string): MimeBundle {
  // Texts and images, which may be large, need no second look.
  if (Object.values(bundle).every((part) => typeof part === "string")) return { ...bundle };
  const copy = carried(bundle, `${who}: a MIME bundle`) as MimeBundle;
  for (const [type, part] of Object.entries(copy)) {
    if (JSON_TYPE.test(type) || isText(part)) continue;
    throw new TypeError(`${who}: ${type} of a MIME bundle must be a text, got ${part === null ? "null" : typeof part}`);
  }
  return copy;
}

/** The types whose content is JSON; a notebook file holds texts, or lists of lines, for all others. */
const JSON_TYPE = /^application\/(?:.*\+)?json$/;

const isText = (part: unknown): boolean =>
  typeof part === "string" || (Array.isArray(part) && part.every((line) => typeof line === "string"));

interface CommParts {
  data: unknown;
  metadata?: Json | undefined;
  buffers?: Uint8Array[] | undefined;
}

/** The parts of a comm message; absent data is an empty record. */
export function carriedComm(target: string, { data, metadata, buffers }: CommParts) {
  const wrong = buffers?.find((buffer) => !ArrayBuffer.isView(buffer));
  if (wrong !== undefined) throw new TypeError(`comm ${target}: its buffers must be Uint8Arrays, got ${typeof wrong}`);
  return {
    data: carried(data ?? {}, `comm ${target}: its data`),
    ...(metadata && { metadata: carried(metadata, `comm ${target}: its metadata`) as Json }),
    ...(buffers && { buffers: [...buffers] }),
  };
}
