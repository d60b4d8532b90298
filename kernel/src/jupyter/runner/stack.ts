// Stacks in the user's terms: `error.stack` itself says `at f ([3]:2:9)`, cell, line and column of what was typed, and ends
// where the cell begins. So console.error(error), a library's log and the traceback all say the same.

import type { CellName } from "../protocol.js";
import { type Place, placeInCell, placeInFile } from "./positions.js";

/** The file name under which a cell's JavaScript runs. */
export function cellFile(name: CellName): string {
  return `[${name}]`;
}

const FRAME = /^\[((?:unnumbered )?\d+)\]$/;
/** What V8 calls the object that holds the notebook's names: a call through it is a plain call. */
const NOTEBOOK = "global";
/** As many as a person reads. */
const FRAMES = 30;

export function installStacks(): void {
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) => {
    const lines: string[] = [];
    const last = sites.map((site) => FRAME.test(site.getFileName() ?? "")).lastIndexOf(true);
    for (const site of last < 0 ? sites : sites.slice(0, last + 1)) lines.push(`    at ${frame(site)}`);
    return [heading(error), ...lines].join("\n");
  };
}

/** The first frame of a stack that lies in a cell. */
export function firstCellFrame(stack: string): Place | undefined {
  const found = /\[((?:unnumbered )?\d+)\]:(\d+):(\d+)\)?$/m.exec(stack);
  return found ? { cell: found[1] ?? "", line: Number(found[2]) - 1, column: Number(found[3]) - 1 } : undefined;
}

function frame(site: NodeJS.CallSite): string {
  const where = place(site.getFileName() ?? "", site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1);
  if (where === undefined) return site.toString();
  const name = site.getFunctionName();
  if (!name || site.isEval()) return where;
  const type = site.getTypeName();
  const isMethod = type && type !== "Object" && type !== NOTEBOOK && !name.includes(".") && site.getMethodName();
  return `${site.isAsync() ? "async " : ""}${isMethod ? `${type}.` : ""}${name} (${where})`;
}

/** In a cell or a local file; undefined elsewhere. */
function place(file: string, line: number, column: number): string | undefined {
  const name = FRAME.exec(file)?.[1];
  if (name === undefined) return placeInFile(file, line, column);
  const found = placeInCell(name, line, column);
  return found ? `[${name}]:${found.line + 1}:${found.column + 1}` : `[${name}]`;
}

function heading(error: unknown): string {
  try {
    // Not the object's own toString: console.trace hands over one that is no Error.
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
