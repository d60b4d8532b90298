/** The plane of two inputs as a network sees it: which class it answers where, and how the samples fare. No DOM. */
import type { NetworkConfig } from "nabla";

export interface Plane {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Cells along each side. */
  readonly size: number;
  /** Row by row from the top: the class that is answered, from 0. */
  readonly classes: readonly number[];
  /** How sure: from 0 at the boundary to 1. */
  readonly margins: readonly number[];
  readonly classCount: number;
  readonly samples: readonly PlaneSample[];
}

export interface PlaneSample {
  readonly x: number;
  readonly y: number;
  readonly wanted: number;
  readonly answered: number;
}

type Outputs = (config: NetworkConfig, inputs: readonly (readonly number[])[]) => number[][];

/** Samples as rows of X and Y; undefined unless there are two inputs and the targets are classes. */
export function planeOf(config: NetworkConfig, outputs: Outputs, size = 48): Plane | undefined {
  const X = rowsOf(config.X ?? (config.x && [config.x.flat()]));
  const Y = rowsOf(config.Y ?? (config.y && [config.y.flat()]));
  if (!X?.every((row) => row.length === 2) || !Y?.flat().every((t) => t === 0 || t === 1)) return undefined;
  const [from, to] = square(X as readonly (readonly [number, number])[]);
  const cells = Array.from({ length: size * size }, (_, i) => [
    from[0] + (((i % size) + 0.5) / size) * (to[0] - from[0]),
    to[1] - ((Math.floor(i / size) + 0.5) / size) * (to[1] - from[1]),
  ]);
  const answers = outputs(config, cells).map(judged);
  const answered = outputs(config, X).map(judged);
  return {
    from,
    to,
    size,
    classes: answers.map(({ kind }) => kind),
    margins: answers.map(({ margin }) => margin),
    classCount: Math.max(2, Y[0]!.length),
    samples: X.map(([x, y], i) => ({ x: x!, y: y!, wanted: judged(Y[i]!).kind, answered: answered[i]!.kind })),
  };
}

const rowsOf = (rows: unknown): readonly (readonly number[])[] | undefined =>
  rows as readonly (readonly number[])[] | undefined;

/** One output says yes above ½; of several the largest says which. */
function judged(outputs: readonly number[]): { kind: number; margin: number } {
  if (outputs.length === 1) {
    const [p] = outputs;
    return { kind: p! > 0.5 ? 1 : 0, margin: Math.min(1, Math.abs(2 * p! - 1)) };
  }
  const [first, second] = [...outputs].sort((a, b) => b - a);
  return { kind: outputs.indexOf(first!), margin: Math.min(1, first! - second!) };
}

/** A square around the samples with some room. */
function square(X: readonly (readonly [number, number])[]): [[number, number], [number, number]] {
  const side = (axis: 0 | 1): [low: number, high: number] => {
    const values = X.map((row) => row[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [across, up] = [side(0), side(1)];
  const half = Math.max(across[1] - across[0], up[1] - up[0], 2) * 0.7;
  const [cx, cy] = [(across[0] + across[1]) / 2, (up[0] + up[1]) / 2];
  return [
    [cx - half, cy - half],
    [cx + half, cy + half],
  ];
}

type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** The boundary in units of cells: between two classes the line where they are equally likely, else the cells' edges. */
export const boundary = (plane: Plane): Segment[] => (plane.classCount === 2 ? zeroLine(plane) : edges(plane));

/** Marching squares: every square of four neighbouring cell centres whose corners differ has a piece of the line. */
function zeroLine({ classes, margins, size }: Plane): Segment[] {
  const found: Segment[] = [];
  const score = (r: number, c: number): number => (classes[r * size + c] === 0 ? -1 : 1) * margins[r * size + c]!;
  for (let r = 0; r + 1 < size; r++)
    for (let c = 0; c + 1 < size; c++) {
      const corners = [
        [c, r],
        [c + 1, r],
        [c + 1, r + 1],
        [c, r + 1],
      ] as const;
      const crossings = corners.flatMap(([x, y], i): [number, number][] => {
        const [nx, ny] = corners[(i + 1) % 4]!;
        const [here, there] = [score(y, x), score(ny, nx)];
        if (here < 0 === there < 0) return [];
        const share = here / (here - there || 1);
        return [[x + 0.5 + share * (nx - x), y + 0.5 + share * (ny - y)]];
      });
      for (let i = 0; i + 1 < crossings.length; i += 2) found.push([...crossings[i]!, ...crossings[i + 1]!]);
    }
  return found;
}

function edges({ classes, size }: Plane): Segment[] {
  const found: Segment[] = [];
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++) {
      const here = classes[r * size + c];
      if (c + 1 < size && classes[r * size + c + 1] !== here) found.push([c + 1, r, c + 1, r + 1]);
      if (r + 1 < size && classes[(r + 1) * size + c] !== here) found.push([c, r + 1, c + 1, r + 1]);
    }
  return found;
}
