/** Pieces of a formula side by side, with the spaces of a printed line: "2 yᵀ dy", "−s(z)ᵀ dz", "x (W x + b)ᵀ". */
import type { Atom, Kind } from "./signs.js";

/** A sign between two of these is binary and has spaces around it. */
const VALUES: ReadonlySet<Kind> = new Set(["word", "name", "number", "close"]);
/** What starts a new factor. */
const FACTORS: ReadonlySet<Kind> = new Set(["word", "name", "prefix", "number", "function", "big"]);

export function join(atoms: readonly Atom[]): string {
  let out = "";
  let last: Atom | undefined;
  let barOpen = false;
  for (const raw of atoms) {
    if (raw.text === "") continue;
    let atom = raw;
    if (raw.kind === "operator" && (raw.text === "|" || raw.text === "‖")) {
      atom = { text: raw.text, kind: barOpen ? "close" : "open" };
      barOpen = !barOpen;
    }
    const unary = atom.kind === "operator" && /^[−+±]$/.test(atom.text) && !(last && VALUES.has(last.kind));
    if (unary) atom = { text: atom.text, kind: "prefix" };
    out += (gap(last, atom) ? " " : "") + atom.text;
    last = atom;
  }
  return out.replace(/ {4,}/g, "   ");
}

function gap(last: Atom | undefined, next: Atom): boolean {
  if (!last || next.glued || last.kind === "verbatim" || next.kind === "verbatim") return false;
  if (next.kind === "function" && /^[d∂∇]$/.test(last.text)) return true;
  if (
    next.text === "/" ||
    next.kind === "comma" ||
    next.kind === "close" ||
    last.kind === "open" ||
    last.kind === "prefix"
  )
    return false;
  if (next.kind === "operator" || last.kind === "operator" || last.kind === "comma" || last.kind === "big") return true;
  if (next.kind === "open") return last.kind === "word" || (last.kind === "close" && last.glued === true);
  return FACTORS.has(next.kind);
}
