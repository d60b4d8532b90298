/**
 * A matrix too large to be drawn, cut into parts of equal size: each part is shown by its entry of largest magnitude (a
 * number that is not finite counts as the largest), so that nothing that stands out is lost.
 */
export interface Parts {
  /** Number of parts down and across. */
  readonly rows: number;
  readonly cols: number;
  /** Rows and columns of one part. */
  readonly down: number;
  readonly across: number;
  /** Place, in the whole matrix, of the entry that stands for a part. */
  readonly place: (row: number, col: number) => readonly [row: number, col: number];
}

/** At most `most` parts along each side; every part is one entry when the matrix is no larger than that. */
export function parts(
  { rows, cols }: { readonly rows: number; readonly cols: number },
  at: (row: number, col: number) => number,
  most: number,
): Parts {
  const [down, across] = [Math.ceil(rows / most), Math.ceil(cols / most)];
  const place = (row: number, col: number): readonly [number, number] => {
    let best: readonly [number, number] = [row * down, col * across];
    let largest = -1;
    for (let r = row * down; r < Math.min(rows, (row + 1) * down); r++)
      for (let c = col * across; c < Math.min(cols, (col + 1) * across); c++) {
        const value = at(r, c);
        const size = Number.isFinite(value) ? Math.abs(value) : Number.POSITIVE_INFINITY;
        if (size > largest) {
          largest = size;
          best = [r, c];
        }
      }
    return best;
  };
  return { rows: Math.ceil(rows / down), cols: Math.ceil(cols / across), down, across, place };
}
