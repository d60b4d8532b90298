/** `nabla batch`: JSON Lines on standard input, one JSON line per request on standard output, in order. */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { answer, type Failure, type Request } from "../calculus/index.js";

export async function batch(input: Readable, output: Writable): Promise<void> {
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = text.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    const written = output.write(`${JSON.stringify(answerLine(line))}\n`);
    if (!written) await new Promise<void>((resolve) => output.once("drain", resolve));
  }
}

function answerLine(line: string): object {
  let request: Request;
  try {
    request = JSON.parse(line) as Request;
  } catch (error) {
    const message = `the request is not JSON: ${(error as Error).message}`;
    return { ok: false, error: { code: "syntax", message }, ms: 0 } satisfies Failure;
  }
  return answer(request, () => performance.now());
}
