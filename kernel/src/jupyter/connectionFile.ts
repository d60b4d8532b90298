// The connection file. What is wrong with one is said without a word of its content: the key is in there.

import { readFileSync } from "node:fs";
import type { ConnectionInfo } from "./transport/sockets.js";

const TEXTS = ["transport", "ip", "key", "signature_scheme"] as const;
const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** @throws Error whose message is a sentence for the user */
export function readConnectionFile(path: string): ConnectionInfo {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`the connection file ${path} cannot be read: ${(cause as NodeJS.ErrnoException).code}`);
  }
  const content = parsed(text);
  if (typeof content !== "object" || content === null) throw new Error(`the connection file ${path} is not JSON`);
  const fields = content as Record<string, unknown>;
  const wrong = [
    ...TEXTS.filter((name) => typeof fields[name] !== "string"),
    ...PORTS.filter((name) => !Number.isInteger(fields[name])),
  ];
  if (wrong.length > 0) throw new Error(`the connection file ${path} does not say ${wrong.join(", ")}`);
  return content as ConnectionInfo;
}

/** JSON.parse quotes the text in its errors. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
