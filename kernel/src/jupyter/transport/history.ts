// history_request: tail, range and search, over the cells of this session and those of earlier ones. Sessions are numbered from 1 and
// addressed as IPython does: 0 is this one, -1 the one before. Rows say the number, or the 0 that was asked for.

import type { Json } from "../protocol.js";
import type { HistoryFiles } from "./historyFiles.js";

/** Cells of this session kept; older ones are forgotten. */
const LIMIT = 10_000;

type Row = [session: number, line: number, source: string];

export function createHistory(files: HistoryFiles) {
  const cells: [line: number, source: string][] = [];

  function select(request: Json): Row[] {
    const count = typeof request.n === "number" ? Math.max(0, request.n) : undefined;
    switch (request.hist_access_type) {
      case "range":
        return range(request);
      case "search":
        return search(request, count);
      case "tail":
        return newest(count ?? cells.length, () => true);
    }
    return [];
  }

  function range({ session = 0, start = 1, stop }: Json): Row[] {
    const current = files.session();
    const asked = typeof session === "number" ? session : 0;
    const wanted = asked < 0 ? asked + current : asked;
    const isThis = wanted === 0 || wanted === current;
    const rows = isThis ? cells : files.read(wanted);
    // Lines from the end and an absent end are of this session only, whose length is known.
    const length = (cells.at(-1)?.[0] ?? 0) + 1;
    const place = (value: unknown, otherwise: number) =>
      typeof value !== "number" || value === 0 ? otherwise : value < 0 && isThis ? value + length : value;
    const from = place(start, 0);
    const to = place(stop, Number.POSITIVE_INFINITY);
    return rows.filter(([line]) => line >= from && line < to).map(([line, source]) => [wanted, line, source]);
  }

  function search(request: Json, count: number | undefined): Row[] {
    const pattern = globToRegExp(typeof request.pattern === "string" ? request.pattern : "*");
    const seen = new Set<string>();
    return newest(count ?? Number.POSITIVE_INFINITY, (source) => {
      if (!pattern.test(source) || (request.unique === true && seen.has(source))) return false;
      seen.add(source);
      return true;
    });
  }

  /** The newest `count` cells for which `matches` holds, oldest first; files are read only as far back as needed. */
  function newest(count: number, matches: (source: string) => boolean): Row[] {
    const found: Row[] = [];
    const current = files.session();
    for (const session of [...files.others(), current].sort((a, b) => b - a)) {
      const rows = session === current ? cells : files.read(session);
      for (let i = rows.length - 1; i >= 0; i--) {
        if (found.length >= count) return found.reverse();
        const [line, source] = rows[i] ?? [0, ""];
        if (matches(source)) found.push([session, line, source]);
      }
    }
    return found.reverse();
  }

  return {
    add(line: number, source: string): void {
      cells.push([line, source]);
      if (cells.length > LIMIT) cells.shift();
      files.add(line, source);
    },
    /** The rows that a history_request asks for; with `output`, each source is paired with its output, which is not kept. */
    query: (request: Json): unknown[] =>
      select(request).map(([session, line, source]) => [
        session,
        line,
        request.output === true ? [source, null] : source,
      ]),
  };
}

export type History = ReturnType<typeof createHistory>;

/** `*` any text, `?` one character, as in a shell. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, "[^]*")
    .replace(/\?/g, "[^]");
  return new RegExp(`^${source}$`);
}
