/** Names of a program: ASCII, no reserved word of the language, no name twice. */
import type { CodeTarget } from "./targets.js";

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  [..."αβγδεζηθικλμνξοπρςστυφχψω"].map((letter, i) => [
    letter,
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(
      " ",
    )[i]!,
  ]),
);

/** σ as sigma, Σ as Sigma, é as e, other characters by their code; names start with a letter. */
export function ascii(name: string): string {
  const letters = [...name.normalize("NFKD")].map((c) => {
    if (/[A-Za-z0-9_]/.test(c)) return c;
    if (/\p{M}/u.test(c)) return "";
    const lower = GREEK[c.toLowerCase()];
    if (lower) return c === c.toLowerCase() ? lower : lower[0]!.toUpperCase() + lower.slice(1);
    return `u${c.codePointAt(0)!.toString(16)}`;
  });
  const out = letters.join("");
  return /^[A-Za-z]/.test(out) ? out : `v${out}`;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const PYTHON =
  words(`False None True and as assert async await break class continue def del elif else except finally for
  from global if import in is lambda nonlocal not or pass raise return try while with yield match case type print len
  range tuple list dict float int sum min max abs pow math functools np jnp jax torch Mesh NamedSharding PartitionSpec
  partial self sigmoid softmax logsumexp log_softmax adjugate IN_AXES Exception`);
const JULIA = words(`baremodule begin break catch const continue do else elseif end export false finally for function
  global if import let local macro module quote return struct true try using while where in isa abstract mutable
  primitive type I dot det inv tr norm kron vec diag diagm exp log sin cos tan tanh sqrt abs sign max sum ones zeros
  float size length Matrix logabsdet log1p sigmoid softplus softmax logsumexp log_softmax adjugate commutation reshape
  pi im nothing missing permutedims`);
const OCTAVE = words(`break case catch classdef continue do else elseif end end_try_catch end_unwind_protect endfor
  endfunction endif endswitch endwhile events for function global if methods otherwise parfor persistent properties
  return switch try until unwind_protect while exp log sin cos tan tanh sqrt abs sign max sum ones zeros eye size det inv
  trace norm kron diag reshape double log1p sigmoid softplus softmax logsumexp log_softmax adjugate commutation
  logabsdet lu svd prod isempty bsxfun arrayfun numel end_unwind isrow iscolumn`);
const TYPESCRIPT = words(`abstract any arguments as async await boolean break case catch class const continue debugger
  declare default delete do else enum eval export extends false finally for from function get if implements import in
  infer instanceof interface is keyof let module namespace never new null number object of package private protected
  public readonly require return set static string super switch symbol this throw true try type typeof undefined unique
  unknown var void while with yield Math Array Number Object Infinity NaN Vector Matrix Tensor each dot matvec vecmat
  matmul outer transpose sum sumRows sumColumns trace norm diag diagonal kron kronVectors vec eye filledVector
  filledMatrix solve inv det logabsdet factor softmax softmaxRows softmaxColumns logSoftmax logSoftmaxRows
  logSoftmaxColumns logsumexp softplus sigmoid adjugate matrixPower scaleRows scaleColumns commutation tensor sumOver`);

const RESERVED: Readonly<Record<CodeTarget, readonly string[]>> = {
  numpy: PYTHON,
  jax: PYTHON,
  torch: PYTHON,
  julia: JULIA,
  octave: OCTAVE,
  matlab: OCTAVE,
  typescript: TYPESCRIPT,
};

/** Names that are taken, and new ones: z, z_ when it is taken, then z_2. */
export interface Scope {
  readonly fresh: (wanted: string) => string;
  /** v, v2, v3. */
  readonly numbered: (stem: string) => string;
  readonly inner: () => Scope;
}

export function scope(target: CodeTarget): Scope {
  return scopeOf(new Set(RESERVED[target]));
}

function scopeOf(taken: Set<string>): Scope {
  const take = (name: string): string => {
    taken.add(name);
    return name;
  };
  return {
    fresh: (wanted) => {
      const name = ascii(wanted);
      if (!taken.has(name)) return take(name);
      let candidate = `${name}_`;
      for (let n = 2; taken.has(candidate); n++) candidate = `${name}_${n}`;
      return take(candidate);
    },
    numbered: (stem) => {
      if (!taken.has(stem)) return take(stem);
      let n = 2;
      while (taken.has(`${stem}${n}`)) n++;
      return take(`${stem}${n}`);
    },
    inner: () => scopeOf(new Set(taken)),
  };
}
