import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import type { Tensor, TraceDocument } from "../../../kernel/src/calculus/autodiff/trace.js";

export const seedFile = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../seeds/${name}`, import.meta.url), "utf8")) as T;

export const rowsOf = ({ shape, data }: Tensor): number[][] =>
  Array.from({ length: shape[0] }, (_, i) => [...data.slice(i * shape[1], (i + 1) * shape[1])]);

/** Rows as the layout shows them: gradients are transposed for numerator layout. */
export const numeratorRows = (tensor: Tensor): number[][] => {
  const rows = rowsOf(tensor);
  return tensor.role === "gradient" ? rows[0]!.map((_, j) => rows.map((row) => row[j]!)) : rows;
};

export function expectNumbers(got: readonly number[], want: readonly number[], tolerance: number): void {
  expect(got).toHaveLength(want.length);
  for (const [i, x] of got.entries())
    expect(Math.abs(x - want[i]!), `${x} for ${want[i]}`).toBeLessThanOrEqual(tolerance);
}

export const step = (trace: TraceDocument, id: string) => trace.steps.find((s) => s.id === id)!;
export const ids = (trace: TraceDocument): string[] => trace.steps.map((s) => s.id);

/** Three samples of classes 2, 1, 2. */
export const BATCH: NetworkConfig = {
  X: [
    [1, 2],
    [-1, 0.5],
    [0.5, -1.5],
  ],
  Y: [
    [0, 1],
    [1, 0],
    [0, 1],
  ],
};

/** What a line of LaTeX comes to: the number or the matrix after its last "=". */
export function resultOf(numbers: string): number[][] {
  const [, matrix, single] = /=(?:\\begin\{bmatrix\}([^=]*)\\end\{bmatrix\}|([^=]*))$/.exec(numbers)!;
  const lines = (matrix ?? single!).split("\\\\");
  return lines.map((line) => line.split("&").map((entry) => Number(entry.replace(/\\cdot 10\^\{(-?\d+)\}/, "e$1"))));
}
