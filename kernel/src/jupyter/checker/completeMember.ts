// Completion of a member whose name is begun: `x.sta`.
//
// For each member of `x` the compiler would ask what `x.sta` is, and each time search for a name that might be meant. With the
// begun name blanked it does not; the names are then chosen and ranked as tslab's converter does it.

import type * as TS from "typescript";

export interface Completed {
  start: number;
  end: number;
  candidates: string[];
  original?: TS.CompletionInfo;
}

type Complete = (declarations: string, source: string, position: number) => Completed;

const BEGUN = /(?<=\.\s*)[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const REST = /^[\p{ID_Continue}$]*/u;

export function completeMember(complete: Complete): Complete {
  return (declarations, source, position) => {
    const [begun] = BEGUN.exec(source.slice(0, position)) ?? [];
    if (begun === undefined) return complete(declarations, source, position);
    const start = position - begun.length;
    const end = position + (REST.exec(source.slice(position))?.[0].length ?? 0);
    const name = source.slice(start, end);
    const completed = complete(
      declarations,
      source.slice(0, start) + " ".repeat(end - start) + source.slice(end),
      position,
    );
    if (!completed.original) return completed;
    return { ...completed, start, end, candidates: ranked(completed.original.entries, name) };
  };
}

type Entries = NonNullable<Completed["original"]>["entries"];

/** Those that contain what has been typed: first those that begin with it, then those that do so in another case. */
function ranked(entries: Entries, typed: string): string[] {
  const lower = typed.toLowerCase();
  const keyed = entries.flatMap(({ name, sortText }) => {
    const at = name.toLowerCase().indexOf(lower);
    if (at < 0) return [];
    const rank = name.startsWith(typed) ? 0 : at === 0 ? 1 : 2;
    return [{ name, key: `${rank}${sortText}` }];
  });
  return keyed.sort((a, b) => a.key.localeCompare(b.key)).map(({ name }) => name);
}
