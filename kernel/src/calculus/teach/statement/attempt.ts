/** A link under test: reading it, reading it again with other meanings, and asking whether it is true. */
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import type { Layout } from "../../core/step.js";
import { nameOf } from "../../ops/leaves.js";
import { surelyEqual } from "../compare.js";
import type { Tested } from "../errata/match.js";
import type { LayoutSeen } from "../verdict.js";
import type { Frame } from "./frame.js";
import { type Reading, readLink } from "./reading.js";
import { type SpecialCase, specialCases } from "./special.js";

export interface Settings {
  readonly layout: Layout;
  /** Only the layout in force is right. */
  readonly strict: boolean;
  readonly wrt: readonly string[] | undefined;
}

export interface Context {
  readonly link: string;
  readonly frame: Frame;
  readonly settings: Settings;
}

export type Attempt = { readonly reading: Reading } | { readonly error: NablaError };

export function attempt({ link, frame, settings }: Context, meanings?: ReadonlyMap<string, Expr>): Attempt {
  try {
    return { reading: readLink(link, frame.scope, settings, meanings) };
  } catch (error) {
    if (error instanceof NablaError) return { error };
    throw error;
  }
}

/** True as far as three points can tell; what cannot be read or decided is not. */
export function holds(context: Context, meanings: ReadonlyMap<string, Expr>): boolean {
  const again = attempt(context, meanings);
  if ("error" in again || again.reading.mismatch) return false;
  const { left, right, wrt, derivative } = again.reading;
  if (surelyEqual(left, right, wrt)) return true;
  const other = derivative?.otherLayout;
  return other !== undefined && !context.settings.strict && surelyEqual(other, right, []);
}

/** The first special case in which the link is true. */
export function caseOf(symbols: readonly Expr[], fixed: readonly Expr[], context: Context): SpecialCase | undefined {
  const varying = new Set(fixed.map(nameOf));
  for (const special of specialCases(symbols, context.frame.inferred)) {
    // A variable cannot be a constant or another variable's function.
    if ([...special.meanings].some(([name, e]) => varying.has(name) && e.op !== "symbol")) continue;
    if (holds(context, special.meanings)) return special;
  }
  return undefined;
}

/** The names that move in a reading: those with a differential, or what is differentiated by. */
export const moving = (r: Reading): readonly Expr[] => (r.derivative ? [r.derivative.by] : r.wrt);

/** What the errata are asked about. */
export const testedOf = (r: Reading): Tested => ({
  left: r.derivative?.of ?? r.left,
  by: r.derivative?.by,
  right: r.right,
  wrt: r.wrt,
  symbols: r.symbols,
});

export const notesOf = (reading: Reading, { frame }: Context): string[] => {
  const constants = reading.constants.map((name) => `${name} is read as a constant: its differential is 0`);
  return [...new Set([...frame.notes, ...reading.notes, ...constants])];
};

export const sentence = (text: string): string =>
  `${text[0]!.toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;

/** Whether the sides are equal, and in which layout a derivative is. */
export interface Seen {
  readonly equal: boolean;
  readonly layout: LayoutSeen;
  readonly proof: "symbolic" | "numeric";
}

/** The fields of a result that most verdicts leave empty. */
export const NOTHING = { hints: [], conditions: [], errata: [], notes: [], layoutSeen: undefined } as const;
