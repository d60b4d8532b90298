/** Quotients of differentials: d ln|X|/dX, ∂f/∂X, df/dx, d/dX (…), d(x'A x)/d(x). ∂ arrives here as d. */
import { isFunctionName } from "./functionNames.js";
import type { Token } from "./tokens.js";

export interface DerivativeTokens {
  readonly of: Token[];
  readonly wrt: Token[];
}

const isOperator = (token: Token | undefined, text: string): boolean =>
  token?.kind === "operator" && token.text === text;

/** The name without its leading d, at its own place. */
const withoutD = (token: Token): Token => ({
  ...token,
  text: token.text.slice(1),
  span: [Math.min(token.span[0] + 1, token.span[1] - 1), token.span[1]],
});

/** What stands behind a d: the rest of its own word and the tokens after it; undefined where there is no d. */
function afterD(list: readonly Token[]): Token[] | undefined {
  const first = list[0];
  if (first?.kind !== "name" || !first.text.startsWith("d")) return undefined;
  const rest = first.text === "d" ? list.slice(1) : [withoutD(first), ...list.slice(1)];
  return rest.length > 0 ? rest : undefined;
}

export function readDerivative(side: readonly Token[]): DerivativeTokens | undefined {
  const slash = lastDivision(side);
  if (slash < 0) return undefined;
  const top = side.slice(0, slash);
  const below = afterD(side.slice(slash + 1));
  if (!below) return undefined;
  const size = variableLength(below);
  if (size === 0) return undefined;
  const wrt = bare(below.slice(0, size));
  const rest = below.slice(size);
  // d/dX (…): the expression stands behind the quotient.
  if (top.length === 1 && top[0]!.text === "d" && top[0]!.kind === "name")
    return rest.length > 0 ? { of: rest, wrt } : undefined;
  const of = afterD(top);
  return of && rest.length === 0 ? { of, wrt } : undefined;
}

/** The last / outside brackets that is followed by a differential. */
function lastDivision(side: readonly Token[]): number {
  let depth = 0;
  let found = -1;
  side.forEach((token, i) => {
    if (token.kind === "open") depth++;
    if (token.kind === "close") depth--;
    const next = side[i + 1];
    if (depth === 0 && isOperator(token, "/") && next?.kind === "name" && isDifferential(next.text)) found = i;
  });
  return found;
}

/** dX and d, and not det. */
const isDifferential = (name: string): boolean => name.startsWith("d") && !isFunctionName(name);

/** Number of tokens of X, X' or (X). */
function variableLength(list: readonly Token[]): number {
  const fenced = list[0]?.kind === "open" ? 1 : 0;
  if (list[fenced]?.kind !== "name") return 0;
  let at = fenced + 1;
  while (isOperator(list[at], "'")) at++;
  if (fenced === 0) return at;
  return list[at]?.kind === "close" ? at + 1 : 0;
}

const bare = (list: Token[]): Token[] => (list[0]?.kind === "open" ? list.slice(1, -1) : list);
