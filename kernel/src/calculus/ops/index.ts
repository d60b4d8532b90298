/** The explicit list of operators. Nothing registers itself by being imported. */
import { NablaError } from "../core/errors.js";
import { apply, scalarfn } from "./abstract.js";
import { add } from "./add.js";
import { adj } from "./adj.js";
import { commutation } from "./commutation.js";
import type { OpDef } from "./define.js";
import { det } from "./det.js";
import { diag } from "./diag.js";
import { abs } from "./elementwise/abs.js";
import { acos } from "./elementwise/acos.js";
import { asin } from "./elementwise/asin.js";
import { atan } from "./elementwise/atan.js";
import { cos } from "./elementwise/cos.js";
import { cosh } from "./elementwise/cosh.js";
import { exp } from "./elementwise/exp.js";
import { log } from "./elementwise/log.js";
import { relu } from "./elementwise/relu.js";
import { sigmoid } from "./elementwise/sigmoid.js";
import { sigmoidPrime } from "./elementwise/sigmoidPrime.js";
import { sign } from "./elementwise/sign.js";
import { sin } from "./elementwise/sin.js";
import { sinh } from "./elementwise/sinh.js";
import { softplus } from "./elementwise/softplus.js";
import { step } from "./elementwise/step.js";
import { tan } from "./elementwise/tan.js";
import { tanh } from "./elementwise/tanh.js";
import { hadamard } from "./hadamard.js";
import { inv } from "./inv.js";
import { kron } from "./kron.js";
import {
  differentialRecord,
  dimensionRecord,
  eyeRecord,
  numberRecord,
  onesRecord,
  symbolRecord,
  zerosRecord,
} from "./leafRecords.js";
import { logdet } from "./logdet.js";
import { logsumexp } from "./logsumexp.js";
import { matpow } from "./matpow.js";
import { mul } from "./mul.js";
import { norm } from "./norm.js";
import { pow } from "./pow.js";
import { softmax } from "./softmax.js";
import { softmaxAlong } from "./softmaxAlong.js";
import { sum } from "./sum.js";
import { times } from "./times.js";
import { tr } from "./tr.js";
import { transpose } from "./transpose.js";
import { vec } from "./vec.js";

export const OPS: readonly OpDef[] = Object.freeze([
  add,
  times,
  mul,
  hadamard,
  pow,
  matpow,
  transpose,
  inv,
  det,
  adj,
  tr,
  logdet,
  sum,
  norm,
  diag,
  vec,
  kron,
  exp,
  log,
  sin,
  cos,
  tan,
  tanh,
  sinh,
  cosh,
  asin,
  acos,
  atan,
  softplus,
  sigmoid,
  sigmoidPrime,
  relu,
  step,
  sign,
  abs,
  softmax,
  softmaxAlong,
  logsumexp,
  apply,
  scalarfn,
  commutation,
]);

const LEAVES: readonly OpDef[] = [
  symbolRecord,
  numberRecord,
  dimensionRecord,
  eyeRecord,
  onesRecord,
  zerosRecord,
  differentialRecord,
];

const byName: ReadonlyMap<string, OpDef> = new Map([...OPS, ...LEAVES].map((o) => [o.name, o]));

export function opOf(name: string): OpDef {
  const def = byName.get(name);
  if (!def) throw new NablaError("unknown_function", `unknown operator ${name}`);
  return def;
}
