/** `nabla batch` on a text, as a list of parsed answers. */
import { Readable, Writable } from "node:stream";
import { batch } from "../../kernel/src/cli/batch.js";

export interface Line {
  readonly id?: string | number;
  readonly ok: boolean;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly span?: readonly [number, number];
    readonly got?: unknown;
    readonly want?: string;
    readonly hint?: string;
  };
  readonly [field: string]: unknown;
}

export async function answersTo(input: string): Promise<Line[]> {
  let out = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  await batch(Readable.from([input]), sink);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

export async function answerTo(request: unknown): Promise<Line> {
  const lines = await answersTo(`${JSON.stringify(request)}\n`);
  if (lines.length !== 1) throw new Error(`expected one line, got ${lines.length}`);
  return lines[0]!;
}
