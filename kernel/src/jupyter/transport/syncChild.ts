// The child process that a cell waits for in execSync, execFileSync or spawnSync. Such a cell waits inside of Node, where no order
// of V8's reaches it: the child is ended instead, with all that it has started, and the wait is over.
// Windows has no such table of processes at hand: there the cell goes on until its child ends.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
  /** Grows with every process that is started. */
  started: number;
}

/** Send a signal to the newest child, which is the one that the cell waits for: it can have started no other since. */
export function signalNewestChild(signal: NodeJS.Signals): void {
  const all = processes();
  const children = all.filter(({ parent }) => parent === process.pid);
  const [newest] = children.sort((a, b) => b.started - a.started || b.pid - a.pid);
  if (newest) for (const pid of family(newest.pid, all)) kill(pid, signal);
}

/** A process and all below it, the lowest first. */
function family(pid: number, all: Process[]): number[] {
  return [...all.filter(({ parent }) => parent === pid).flatMap((child) => family(child.pid, all)), pid];
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function processes(): Process[] {
  switch (process.platform) {
    case "linux":
      return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap(fromProc);
    case "win32":
      return [];
    default:
      return fromPs();
  }
}

/** In `stat` the name, which may hold anything, stands in brackets; the fields after it are counted from 3. */
function fromProc(pid: string): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ pid: Number(pid), parent: Number(fields[1]), started: Number(fields[19]) }];
  } catch {
    return [];
  }
}

function fromPs(): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "latin1" });
  return table.split("\n").flatMap((line) => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return pid > 0 ? [{ pid, parent, started: pid }] : [];
  });
}
