/** A chain a = b = c is as true as its weakest link. */
import type { StatementResult } from "../verdict.js";
import type { Frame } from "./frame.js";

export function chained(links: readonly StatementResult[], frame: Frame): StatementResult {
  const worst = links.findIndex((l) => !l.ok);
  const notes = [...new Set(links.flatMap((l) => l.notes))];
  const errata = links.flatMap((l) => l.errata).filter((e, i, all) => all.findIndex((x) => x.id === e.id) === i);
  const conditions = [...new Set(links.flatMap((l) => l.conditions))];
  if (worst >= 0) {
    const right = links.filter((l) => l.ok).length;
    return {
      ...links[worst]!,
      score: Number((right / links.length).toFixed(2)),
      message: `link ${worst + 1}, ${frame.links[worst]!.trim()}: ${links[worst]!.message}`,
      notes,
      errata,
      conditions,
      links,
    };
  }
  const symbolic = links.every((l) => l.proof === "symbolic");
  return {
    ...links[0]!,
    code: conditions.length > 0 ? "true_if" : "true",
    proof: symbolic ? "symbolic" : "numeric",
    message: links.map((l, i) => `link ${i + 1}: ${l.message}`).join(" "),
    notes,
    errata,
    conditions,
    links,
  };
}
