/** The axes of a tensor in the other order: output first as the notes write them, or variable first as HW3 does. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Row-major in both; `outputs` axes of the output stand first in what is given. */
export function variableFirst({ shape, data }: Tensor, outputs: number): Tensor {
  const size = (s: readonly number[]): number => s.reduce((p, n) => p * n, 1);
  const [out, variable] = [shape.slice(0, outputs), shape.slice(outputs)];
  const [rows, cols] = [size(out), size(variable)];
  const turned = Float64Array.from(
    { length: rows * cols },
    (_, at) => data[(at % rows) * cols + Math.floor(at / rows)]!,
  );
  return { shape: [...variable, ...out], data: turned };
}
