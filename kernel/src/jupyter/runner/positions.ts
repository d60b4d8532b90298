// A place in the JavaScript that ran → the place in the cell, back through our own edits and then TypeScript's source map.

import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { CellMap, CellName, LocalFile } from "../protocol.js";

export interface Cell {
  name: CellName;
  code: string;
  map: CellMap;
}

export interface Place {
  cell: CellName;
  /** From 0. */
  line: number;
  /** From 0. */
  column: number;
}

/** The converter puts `export {};` and a newline before the cell. */
const PREFIX_LINES = 1;

const cells = new Map<CellName, Cell & { trace?: TraceMap }>();

/** Cells whose places can still be asked for: functions live on in later cells, but not for ever. */
const KEPT = 2000;

export function rememberCell(cell: Cell): void {
  cells.set(cell.name, cell);
  if (cells.size > KEPT) cells.delete(cells.keys().next().value as CellName);
}

export function cellCode(name: CellName): string | undefined {
  return cells.get(name)?.code;
}

/** @param line from 1, as in a stack @param column from 1 */
export function placeInCell(name: CellName, line: number, column: number): Place | undefined {
  const cell = cells.get(name);
  if (!cell || cell.map.map === "") return undefined;
  cell.trace ??= new TraceMap(cell.map.map);
  const output = beforeEdits(cell.map, line - 1, column - 1);
  const place = { line: output.line + 1, column: output.column };
  const before = originalPositionFor(cell.trace, place);
  // What the converter put before a last expression has no place: the expression's own begins after it.
  const found = before.line === null ? originalPositionFor(cell.trace, { ...place, bias: LEAST_UPPER_BOUND }) : before;
  if (found.line === null) return undefined;
  return { cell: name, line: Math.max(0, found.line - 1 - PREFIX_LINES), column: found.column };
}

const files = new Map<string, { source: string; map: string; trace?: TraceMap }>();

export function rememberFile({ path, source, map }: LocalFile): void {
  files.set(path, { source, map });
}

/** The place in a local TypeScript file, as `path:line:column` counted from 1. */
export function placeInFile(path: string, line: number, column: number): string | undefined {
  const file = files.get(path);
  if (!file || file.map === "") return undefined;
  file.trace ??= new TraceMap(file.map);
  const found = originalPositionFor(file.trace, { line, column: column - 1 });
  return found.line === null ? undefined : `${file.source}:${found.line}:${found.column + 1}`;
}

/** Edits never change the number of lines, so the line is known; the column moves by what was inserted before it on that line. */
function beforeEdits({ edits, lineStarts }: CellMap, line: number, column: number): { line: number; column: number } {
  const start = lineStarts[line] ?? 0;
  const end = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
  let shift = 0;
  for (const [from, to, length] of edits) {
    if (from < start || from >= end) continue;
    const edited = from - start + shift;
    if (column < edited) break;
    // Inside of what was put in: the place that it replaced.
    if (column < edited + length) return { line, column: from - start };
    shift += length - (to - from);
  }
  return { line, column: column - shift };
}
