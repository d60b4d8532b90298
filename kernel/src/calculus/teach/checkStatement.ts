/**
 * Is a statement as notes print it true? Identities "tr(A B) = tr(B A)", chains a = b = c, differentials
 * "d(X Y) = dX Y + X dY" and derivatives "d(x'A x)/dx = (A + A') x". Undeclared shapes are as general as the text
 * allows, so that a statement is true only if it is true for all of them.
 *
 * Layouts: with `layout` given, a derivative must be printed in it; without, it may be printed in either and
 * `layoutSeen` says in which. `strictLayout` overrides this.
 */
import type { Layout } from "../core/step.js";
import { type Declared, declare } from "../text/declare.js";
import { type Declarations, mergeScopes, NO_DECLARATIONS } from "../text/scope.js";
import { type Notation, readerOf } from "./notation.js";
import { chained } from "./statement/chained.js";
import { decideLink } from "./statement/decide.js";
import { frameOf } from "./statement/frame.js";
import type { StatementResult } from "./verdict.js";

/** Names, layout and what varies for deciding a statement. */
export interface StatementOptions {
  /** Shapes and facts for this statement only. */
  readonly where?: Declared | undefined;
  /** The names of the notebook; those of `where` hide them. */
  readonly scope?: Declarations | undefined;
  readonly layout?: Layout | undefined;
  readonly strictLayout?: boolean | undefined;
  /** The symbols that vary in a differential identity; otherwise they are found from dX, dY, …. */
  readonly wrt?: readonly string[] | undefined;
  /** What the statement is written in; LaTeX is never guessed. */
  readonly notation?: Notation | undefined;
}

/**
 * Decides a statement. Text that cannot be read is a NablaError with its place; sides whose shapes do not fit are a
 * verdict.
 * @example checkStatement("tr(A B C) = tr(A C B)").verdict // "false"
 */
export function checkStatement(written: string, options: StatementOptions = {}): StatementResult {
  const outer = mergeScopes(
    options.where === undefined ? NO_DECLARATIONS : declare(options.where),
    options.scope ?? NO_DECLARATIONS,
  );
  const { notes, run } = readerOf(options.notation)(written, outer);
  const result = run((text) => decided(text, outer, options));
  return { ...result, notes: [...notes, ...result.notes] };
}

function decided(text: string, outer: Declarations, options: StatementOptions): StatementResult {
  const frame = frameOf(text, outer);
  const settings = {
    layout: options.layout ?? "denominator",
    strict: options.strictLayout ?? options.layout !== undefined,
    wrt: options.wrt,
  };
  const links = frame.links.map((link) => decideLink({ link, frame, settings }, text));
  return links.length === 1 ? links[0]! : chained(links, frame);
}
