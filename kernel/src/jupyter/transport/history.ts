// The cells of this session, for history_request: tail, range and search.

import type { Json } from "../protocol.js";

/** Cells kept; older ones are forgotten. */
const LIMIT = 10_000;

type Row = [session: number, line: number, source: string];

export function createHistory() {
  const rows: Row[] = [];

  function select(request: Json): Row[] {
    const count = typeof request.n === "number" ? Math.max(0, request.n) : rows.length;
    switch (request.hist_access_type) {
      case "range": {
        // Session 0 is this one; this kernel keeps no other yet, so any other session is empty. `stop` is exclusive.
        if (typeof request.session === "number" && request.session !== 0) return [];
        const start = typeof request.start === "number" ? request.start : 0;
        const stop = typeof request.stop === "number" ? request.stop : Number.POSITIVE_INFINITY;
        return rows.filter(([, line]) => line >= start && line < stop);
      }
      case "search": {
        const pattern = globToRegExp(typeof request.pattern === "string" ? request.pattern : "*");
        const seen = new Set<string>();
        const found = rows.filter(([, , source]) => {
          if (!pattern.test(source) || (request.unique === true && seen.has(source))) return false;
          seen.add(source);
          return true;
        });
        return last(found, count);
      }
      case "tail":
        return last(rows, count);
      case undefined:
        return [];
    }
    return [];
  }

  return {
    add(line: number, source: string): void {
      rows.push([0, line, source]);
      if (rows.length > LIMIT) rows.shift();
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

function last<T>(list: T[], count: number): T[] {
  return count === 0 ? [] : list.slice(-count);
}

/** `*` any text, `?` one character, as in a shell. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^]*")
    .replace(/\?/g, "[^]");
  return new RegExp(`^${source}$`);
}
