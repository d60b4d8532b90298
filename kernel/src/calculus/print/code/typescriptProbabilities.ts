/** Sigmoid, softplus, softmax and their logarithms, each without overflow. */
import type { Helpers } from "./typescriptHelper.js";

export const PROBABILITIES: Helpers = {
  sigmoid: {
    text: `/** 1 / (1 + exp(−z)) without overflow. */
function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}`,
  },
  softplus: {
    text: `/** log(1 + exp(z)) without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}`,
  },
  logsumexp: {
    text: `/** log(Σ exp(z)) without overflow. */
function logsumexp(z: Vector | Matrix): number {
  const entries = z.flat() as Vector;
  const top = Math.max(...entries);
  return top + Math.log(entries.reduce((total, x) => total + Math.exp(x - top), 0));
}`,
  },
  logSoftmax: {
    text: `function logSoftmax(z: Vector): Vector {
  const total = logsumexp(z);
  return z.map((x) => x - total);
}`,
    needs: ["logsumexp"],
  },
  softmax: {
    text: `function softmax(z: Vector): Vector {
  return logSoftmax(z).map(Math.exp);
}`,
    needs: ["logSoftmax"],
  },
  softmaxRows: {
    text: `function softmaxRows(Z: Matrix): Matrix {
  return Z.map(softmax);
}`,
    needs: ["softmax"],
  },
  softmaxColumns: {
    text: `function softmaxColumns(Z: Matrix): Matrix {
  return transpose(transpose(Z).map(softmax));
}`,
    needs: ["softmax", "transpose"],
  },
  logSoftmaxRows: {
    text: `function logSoftmaxRows(Z: Matrix): Matrix {
  return Z.map(logSoftmax);
}`,
    needs: ["logSoftmax"],
  },
  logSoftmaxColumns: {
    text: `function logSoftmaxColumns(Z: Matrix): Matrix {
  return transpose(transpose(Z).map(logSoftmax));
}`,
    needs: ["logSoftmax", "transpose"],
  },
};
