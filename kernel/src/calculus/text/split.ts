/** Names written together: Wx is W*x when W and x are declared and there is one way to read it so. */

/** No product of names is written without a space at this length. */
const MAX_WORD = 64;

/** All ways to write `word` as known names one after the other, at most two of them. */
export function splits(word: string, known: (name: string) => boolean): readonly (readonly string[])[] {
  if (word.length > MAX_WORD) return [];
  const ways = new Map<number, string[][]>([[word.length, [[]]]]);
  for (let from = word.length - 1; from >= 0; from--) {
    const found: string[][] = [];
    for (let to = from + 1; to <= word.length && found.length < 2; to++) {
      const piece = word.slice(from, to);
      if (!known(piece)) continue;
      for (const rest of ways.get(to) ?? []) if (found.length < 2) found.push([piece, ...rest]);
    }
    ways.set(from, found);
  }
  return ways.get(0)!;
}
