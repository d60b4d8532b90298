/** The name the user probably meant: the nearest known one, at most two edits away. */

/** Number of insertions, deletions, replacements and swaps of neighbours that turn a into b. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

export function nearest(name: string, known: Iterable<string>): string | undefined {
  const limit = name.length <= 3 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 0.5;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = distanceTo(name, candidate);
    // One letter for another is no misprint, unless only the case differs.
    if (name.length <= 2 && distance >= 1 && candidate[0] !== name[0]) continue;
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A difference of case alone counts half; a name that was only begun counts a little less than an edit. */
function distanceTo(name: string, candidate: string): number {
  if (candidate.toLowerCase() === name.toLowerCase()) return 0.5;
  const edits = editDistance(name, candidate);
  return candidate.startsWith(name) ? edits - 0.25 : edits;
}
