/** The left side of a line: what the line speaks of. */
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import type { IndexName } from "../../core/indexLine.js";
import { axes } from "../../core/shape.js";
import { linearise } from "../../derive/linearise.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { parseTokens } from "../../text/parse.js";
import { spanOfTokens } from "../../text/program.js";
import { readDerivative } from "../../text/quotient.js";
import type { Token } from "../../text/tokens.js";
import { targetFor } from "../answer/target.js";
import { surelyEqual } from "../compare.js";
import { grounded, type State, type Truth, withoutNames } from "./state.js";

/** What names of a result are read as f where nobody declared them. */
const OUTPUTS: ReadonlySet<string> = new Set(["f", "F", "L", "loss", "l", "J", "E"]);

export type Left = Truth | { readonly kind: "definition"; readonly name: string } | { readonly kind: "same" };

/** @param alone the line has no equals sign: it goes on with the line before */
export function leftOf(text: string, part: readonly Token[], state: State, alone: boolean): Left {
  if (part.length === 0 || alone) return { kind: "same" };
  const entry = entryOf(text, part, state);
  if (entry) return entry;
  const quotient = readDerivative(part);
  if (quotient) return derivativeOf(text, quotient.of, quotient.wrt, state);
  const [first, second] = part;
  const word = first!.kind === "name" ? first!.text : undefined;
  if (part.length === 1 && word && namesOutput(word, state)) return main(state.derivation.problem.f);
  if (part.length === 1 && word?.startsWith("grad_")) return gradient(state);
  if (part.length === 1 && word && !known(word, state)) {
    if (word === "d" || (word.startsWith("d") && namesOutput(word.slice(1), state))) return differential(state);
    // dy of a y that nobody defined can only be f.
    if (/^d[A-Za-z]\d*$/.test(word) && !known(word.slice(1), state)) {
      state.outputs.add(word.slice(1));
      return differential(state);
    }
    return { kind: "definition", name: word };
  }
  if (part.length === 2 && word === "d" && second!.kind === "name" && namesOutput(second!.text, state))
    return differential(state);
  // Without its variable, ∇f and grad_W f are read as words.
  if (word?.startsWith("grad_") && part.length === 2 && second!.kind === "name" && namesOutput(second!.text, state))
    return gradient(state);
  return expression(parseTokens(text, part, state.scope).expr, state);
}

const main = (of: Expr): Truth => ({ kind: "expression", of, main: true });
const gradient = ({ target }: State): Truth => ({ kind: "gradient", target, main: true });
const differential = ({ target, x }: State): Truth => main(linearise(target.of, new Set([x])));

const known = (name: string, { scope, derivation, lets }: State): boolean => {
  if (scope.functions.has(name)) return true;
  const symbol = scope.symbols.get(name);
  if (!symbol) return name.startsWith("d") && scope.symbols.has(name.slice(1));
  // A name of our page is free for the student.
  return (
    !derivation.names.some((l) => l.symbol === symbol) || lets.some((l) => l.symbol === symbol && !ours(l, derivation))
  );
};

const ours = (one: State["lets"][number], { names }: State["derivation"]): boolean => names.includes(one);

/** Does a name stand for f: its own, one that is usual, or that of its outermost function, L of L(W x)? */
export const namesOutput = (name: string, { outputs, derivation, scope }: State): boolean => {
  const { f, outputName } = derivation.problem;
  if (outputs.has(name) || name === outputName) return true;
  if (scope.functions.has(name)) return f.op === "scalarfn" && f.attrs.fn === name;
  return OUTPUTS.has(name) && !scope.symbols.has(name);
};

/** An expression is f, its differential, or a part with a truth of its own. */
function expression(e: Expr, state: State): Truth {
  const of = grounded(state, e);
  const { target, x } = state;
  const isMain = surelyEqual(of, target.of, []) || surelyEqual(of, linearise(target.of, new Set([x])), [x]);
  return { kind: "expression", of, main: isMain };
}

function derivativeOf(text: string, of: readonly Token[], wrt: readonly Token[], state: State): Truth {
  const by = parseTokens(text, wrt, state.scope).expr;
  const [open, inner, close] = of;
  const named =
    of.length === 3 && open!.kind === "open" && close!.kind === "close" ? inner! : of.length === 1 ? open! : undefined;
  const word = named?.kind === "name" ? named.text : undefined;
  const output = word !== undefined && (namesOutput(word, state) || !known(word, state));
  const f = output ? state.written : parseTokens(text, of, state.scope).expr;
  const whole = output || surelyEqual(withoutNames(state, f), state.derivation.problem.f, []);
  if (by === state.x && whole) return gradient(state);
  if (!isSymbol(by))
    throw new NablaError("bad_argument", "a derivative is taken by a symbol", {
      span: spanOfTokens(wrt),
      text,
      want: "dX with a symbol X",
    });
  const isPart = state.lets.some((l) => l.symbol === by);
  const target = targetFor(isPart ? f : withoutNames(state, f), by, state.target.layout);
  if (!target)
    throw new NablaError("unsupported", "this derivative has more than two axes and no closed form to compare with", {
      span: spanOfTokens([...of, ...wrt]),
      text,
      want: "index notation, or a differential",
    });
  return {
    kind: "gradient",
    target: {
      ...target,
      here: withoutNames(state, target.here),
      there: target.there && withoutNames(state, target.there),
    },
    main: false,
  };
}

const ENTRY = /^(?:[∂d]\s*(\S+?)(?:_\{?([a-z]{1,2})\}?)?\s*\/\s*[∂d]\s*([^\s_]+)_\{?([a-z]{1,2})\}?)$/u;

/** ∂f/∂W_kl, ∂A_ij/∂B_kl: the indices with their ranges. */
function entryOf(text: string, part: readonly Token[], state: State): Truth | undefined {
  const whole = text.slice(part[0]!.span[0], part[part.length - 1]!.span[1]).trim();
  const found = ENTRY.exec(whole);
  if (!found) return undefined;
  const [, , output = "", variable, subscript] = found;
  if (variable !== nameOf(state.x)) return undefined;
  const [outAxes, inAxes] = [axes(state.target.of.shape), axes(state.x.shape)];
  if (outAxes.length !== output.length || inAxes.length !== subscript!.length) return undefined;
  const names = (letters: string, dims: typeof inAxes): IndexName[] =>
    dims.map((dim, i) => ({ name: letters[i]!, dim }));
  return { kind: "entry", output: names(output, outAxes), variable: names(subscript!, inAxes) };
}
