/** Citations as small tags: "002 (12)". The file number of the notes stands for their title. */
import type { Citation } from "../core/cite.js";
import { SOURCES } from "../core/sources.js";
import type { Tag } from "./page.js";

export function tag(c: Citation): Tag {
  const source = SOURCES[c.source];
  const label = `${source.file === "cookbook" || source.file === "book" ? source.short : source.file === "000/001" ? "HW3" : source.file} ${c.at}`;
  return c.erratum ? { label, erratum: c.erratum } : { label };
}

/** Tags of one line; equation numbers of one source are joined: "002 (2), (4)". */
export function tags(cites: readonly Citation[]): Tag[] {
  const out: Tag[] = [];
  for (const c of cites) {
    const made = tag(c);
    const last = out[out.length - 1];
    const head = made.label.split(" ")[0]!;
    if (last?.label.startsWith(`${head} `)) {
      if (!last.label.includes(c.at)) out[out.length - 1] = { ...last, ...made, label: `${last.label}, ${c.at}` };
    } else out.push(made);
  }
  return out;
}
