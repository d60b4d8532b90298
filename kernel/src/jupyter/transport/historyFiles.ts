// The cells of earlier sessions, on disk: one file of JSON Lines for each session, `000042.jsonl`, each line `[line, source]`.
//
// A kernel writes to its own file only, and takes its number by making that file, which only one kernel can: kernels that run side by
// side need no lock. The file is made with the first cell. Readable by the user alone (600 in a folder of 700). Where nothing can be
// written the history lasts as long as the kernel.

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type StoredCell = [line: number, source: string];

/** Bytes of all files together; the oldest sessions go first. */
const MOST_BYTES = 16 << 20;
const MOST_SESSIONS = 1000;
/** A longer cell is data, not something to be typed again. */
const LONGEST_CELL = 1 << 18;
const NAME = /^(\d{6,})\.jsonl$/;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Where the history is kept: `NABLA_HISTORY`, a folder; `off` for none at all.
 * @returns undefined for none
 */
export function historyFolder(): string | undefined {
  const { NABLA_HISTORY: chosen, XDG_DATA_HOME, LOCALAPPDATA } = process.env;
  if (chosen === "off") return undefined;
  if (chosen) return chosen;
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "nabla", "history");
  if (process.platform === "win32")
    return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "nabla", "history");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "nabla", "history");
}

export function createHistoryFiles(folder: string | undefined) {
  let own: { session: number; file: number } | undefined;
  let broken = folder === undefined;

  /** Numbers of the sessions on disk, oldest first. */
  function sessions(): number[] {
    if (folder === undefined || !existsSync(folder)) return [];
    return attempt(() => readdirSync(folder), [])
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  const path = (session: number): string => join(folder ?? "", `${String(session).padStart(6, "0")}.jsonl`);

  function open(): { session: number; file: number } | undefined {
    if (broken || folder === undefined) return undefined;
    try {
      mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
      const before = sessions();
      for (let session = (before.at(-1) ?? 0) + 1; ; session++) {
        try {
          const file = openSync(path(session), "ax", PRIVATE_FILE);
          // Only now: a number is never given twice.
          removeOldest(before);
          return { session, file };
        } catch (cause) {
          if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
        }
      }
    } catch {
      broken = true;
      return undefined;
    }
  }

  function removeOldest(all: number[]): void {
    const sizes = all.map((session) => attempt(() => statSync(path(session)).size, 0));
    let bytes = sizes.reduce((sum, size) => sum + size, 0);
    for (const [i, session] of all.entries()) {
      if (bytes <= MOST_BYTES && all.length - i < MOST_SESSIONS) return;
      bytes -= sizes[i] ?? 0;
      attempt(() => rmSync(path(session), { force: true }), undefined);
    }
  }

  return {
    /** The number of this session: its own once a cell is stored, until then the one it would get. */
    session: (): number => own?.session ?? (sessions().at(-1) ?? 0) + 1,
    add(line: number, source: string): void {
      own ??= open();
      if (!own || source.length > LONGEST_CELL) return;
      try {
        writeSync(own.file, `${JSON.stringify([line, source] satisfies StoredCell)}\n`);
      } catch {
        // A full disk costs the history and nothing else.
        broken = true;
      }
    },
    /** Sessions other than this one, oldest first. */
    others: (): number[] => sessions().filter((session) => session !== own?.session),
    read: (session: number): StoredCell[] =>
      attempt(() => readFileSync(path(session), "utf8"), "")
        .split("\n")
        .flatMap((text) => storedCell(text)),
    close(): void {
      if (own) closeSync(own.file);
    },
  };
}

export type HistoryFiles = ReturnType<typeof createHistoryFiles>;

/** A line that a crash cut short, or that somebody else wrote, is left out. */
function storedCell(text: string): StoredCell[] {
  if (text === "") return [];
  const cell: unknown = attempt(() => JSON.parse(text), undefined);
  return Array.isArray(cell) && Number.isInteger(cell[0]) && typeof cell[1] === "string" ? [[cell[0], cell[1]]] : [];
}

/** Another kernel may have taken the file away meanwhile. */
function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
