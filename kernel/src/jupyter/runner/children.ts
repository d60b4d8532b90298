// What a child process prints with `stdio: "inherit"` → the cell's output: the kernel's own stdout leads to a log, or nowhere.
//
// In the place of each stream that it would share the child gets a pipe, whose text is written to the kernel's stream; where the
// caller waits for the child (spawnSync and its kind) nobody can read a pipe meanwhile, and a file takes its place.

import childProcess, { type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHILD_AWAITED } from "../protocol.js";

type StreamName = "stdout" | "stderr";
type Call = unknown[];
type AnyFunction = (...call: never[]) => unknown;

/** A stream of the child, by its descriptor, that would be one of the kernel's. */
interface Shared {
  descriptor: 1 | 2;
  name: StreamName;
}

/** What a child that is waited for prints. */
interface Output {
  name: StreamName;
  path: string;
  file: number;
}

let files = 0;

/**
 * @param flags told while a child is waited for
 * @returns called when a wait has ended: by itself, or by an interrupt, after which no `finally` of the wait runs
 */
export function captureChildren(flags: Int32Array): () => void {
  let outputs: Output[] = [];

  function endWait(): void {
    Atomics.store(flags, CHILD_AWAITED, 0);
    const ended = outputs;
    outputs = [];
    for (const { name, path, file } of ended) {
      closeSync(file);
      process[name].write(readFileSync(path));
      rmSync(path);
    }
  }

  function waiting<T extends AnyFunction>(original: T): T {
    return ((...call: Call) => {
      const stdio = stdioOf(call);
      for (const { descriptor, name } of sharedStreams(stdio)) {
        const path = join(tmpdir(), `nabla-child-${process.pid}-${++files}`);
        const file = openSync(path, "wx", 0o600);
        stdio[descriptor] = file;
        outputs.push({ name, path, file });
      }
      Atomics.store(flags, CHILD_AWAITED, 1);
      try {
        return original(...((outputs.length > 0 ? withStdio(call, stdio) : call) as never[]));
      } finally {
        endWait();
      }
    }) as AnyFunction as T;
  }

  const { spawn, fork, spawnSync, execSync, execFileSync } = childProcess;
  childProcess.spawn = piped(spawn);
  // A fork shares its streams unless told otherwise, and needs a channel beside them.
  childProcess.fork = piped(fork, ["inherit", "inherit", "inherit", "ipc"]);
  childProcess.spawnSync = waiting(spawnSync);
  childProcess.execSync = waiting(execSync);
  childProcess.execFileSync = waiting(execFileSync);
  syncBuiltinESMExports();
  return endWait;
}

function piped<T extends AnyFunction>(original: T, usual?: unknown): T {
  return ((...call: Call) => {
    const stdio = stdioOf(call, usual);
    const shared = sharedStreams(stdio);
    for (const { descriptor } of shared) stdio[descriptor] = "pipe";
    const child = original(...((shared.length > 0 ? withStdio(call, stdio) : call) as never[])) as ChildProcess;
    for (const { descriptor, name } of shared)
      child.stdio[descriptor]?.on("data", (chunk: Uint8Array) => void process[name].write(chunk));
    return child;
  }) as AnyFunction as T;
}

function optionsAt(call: Call): number {
  return call.findIndex((value) => typeof value === "object" && value !== null && !Array.isArray(value));
}

function stdioOf(call: Call, usual?: unknown): unknown[] {
  const { stdio = usual } = (call[optionsAt(call)] ?? {}) as { stdio?: unknown };
  return Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio];
}

function sharedStreams(stdio: unknown[]): Shared[] {
  return ([1, 2] as const).flatMap((descriptor) => {
    const target = stdio[descriptor];
    if (target === 1 || target === process.stdout) return [{ descriptor, name: "stdout" as const }];
    if (target === 2 || target === process.stderr) return [{ descriptor, name: "stderr" as const }];
    return target === "inherit"
      ? [{ descriptor, name: descriptor === 1 ? ("stdout" as const) : ("stderr" as const) }]
      : [];
  });
}

/** The same call with these streams; options that it did not have come last, before a callback. */
function withStdio(call: Call, stdio: unknown[]): Call {
  const at = optionsAt(call);
  if (at >= 0) return call.map((value, i) => (i === at ? { ...(value as object), stdio } : value));
  return [...call, { stdio }];
}
