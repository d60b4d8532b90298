/**
 * The notes' notation as the ASCII grammar, with a map back to the user's own text: character k of `ascii` was
 * written at `starts[k]` … `ends[k]` (UTF-16 units). One sign may become several characters (² is ^2) and all of
 * them point at it. Bars stay bars: which of them open and close is decided when tokens are known.
 */
import { ACCENTS, LETTERS, SIGNS, SUBSCRIPTS, SUPERSCRIPTS } from "./characters.js";

export interface Notation {
  readonly ascii: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A growing text that remembers where each of its characters came from. */
interface Writer {
  ascii: string;
  readonly starts: number[];
  readonly ends: number[];
}

function write(to: Writer, out: string, start: number, end: number): void {
  to.ascii += out;
  for (let k = 0; k < out.length; k++) {
    to.starts.push(start);
    to.ends.push(end);
  }
}

/** Math bold, italic and sans letters are the plain letters: 𝐗 is X. */
const plainLetter = (c: string): string =>
  c.codePointAt(0)! >= 0x1d400 && c !== "𝟏" && c !== "𝟙" ? c.normalize("NFKC") : c;

export function notation(text: string): Notation {
  const out: Writer = { ascii: "", starts: [], ends: [] };
  const braces: string[] = [];
  for (let i = 0; i < text.length; ) {
    const c = plainLetter(String.fromCodePoint(text.codePointAt(i)!));
    const width = text.codePointAt(i)! > 0xffff ? 2 : 1;
    if (SUPERSCRIPTS.has(c)) {
      i = raised(text, i, out);
      continue;
    }
    if (c === "∇") {
      const second = text[i + 1] === "²";
      write(out, second ? "hess_" : "grad_", i, i + (second ? 2 : 1));
      i += second ? 2 : 1;
      continue;
    }
    const [letter, accent] = [...c.normalize("NFD")];
    if (accent !== undefined && ACCENTS.has(accent) && (LETTERS.has(letter!) || /[A-Za-z]/.test(letter!))) {
      write(out, `${LETTERS.get(letter!) ?? letter}${ACCENTS.get(accent)}`, i, i + width);
      i += width;
      continue;
    }
    const brace = c === "{" || c === "}" ? braceFor(c, out.ascii, braces) : undefined;
    // A closing brace that is dropped belongs to the subscript before it.
    if (brace === "" && c === "}") out.ends[out.ends.length - 1] = i + width;
    write(out, brace ?? ACCENTS.get(c) ?? LETTERS.get(c) ?? SUBSCRIPTS.get(c) ?? SIGNS.get(c) ?? c, i, i + width);
    i += width;
  }
  return out;
}

/** A run of raised signs: ⁻¹ → ^-1, ᵀ → ', ⁻ᵀ → ^(-1)', ²ᵀ → ^2'. A caret before ᵀ or ⊤ belongs to it. */
function raised(text: string, from: number, out: Writer): number {
  let exponent = "";
  let primes = "";
  let i = from;
  for (; i < text.length; i++) {
    const c = SUPERSCRIPTS.get(text[i]!);
    if (c === undefined || (c === "T" ? false : primes !== "")) break;
    if (c === "T") primes += "'";
    else exponent += c;
  }
  if (exponent === "-" && primes !== "") exponent = "(-1)";
  const caret = out.ascii.endsWith("^");
  const dropped = caret && exponent === "";
  if (dropped) {
    out.ascii = out.ascii.slice(0, -1);
    out.starts.pop();
    out.ends.pop();
  }
  const start = dropped ? from - 1 : from;
  write(out, (exponent && !caret ? "^" : "") + exponent + primes, start, i);
  return i;
}

/** Braces of LaTeX after ^ group like parentheses and disappear after _; elsewhere they are left to be refused. */
function braceFor(c: string, before: string, braces: string[]): string | undefined {
  if (c === "}") return braces.pop();
  const kind = before.endsWith("^") ? "(" : before.endsWith("_") ? "" : undefined;
  if (kind !== undefined) braces.push(kind === "(" ? ")" : "");
  return kind;
}

/** A name as it is kept: W₁ is W1, σ is sigma. */
export const plainName = (name: string): string => notation(name.trim()).ascii;
