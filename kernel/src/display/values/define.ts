/**
 * A recogniser: a kind of plain value that has a better form than the text of an inspector. Recognisers look at a value
 * without running any of its code: own data properties only, no getter, no `toJSON`, no iterator of the user's. What a
 * proxy's traps or a hostile prototype throw is caught where the list is walked.
 */
import type { Bundle } from "../bundle.js";

export interface Recogniser {
  readonly name: string;
  /** The forms of a value of this kind; undefined for every other. */
  readonly show: (value: object) => Bundle | undefined;
}

/** Rows and columns of a grid that are shown; the rest is counted. */
export const MOST_ROWS = 20;
export const MOST_COLUMNS = 12;

/** What is longer, `list[4e9] = 1` and its like, is left to an inspector: each item would be looked at. */
const LONGEST = 1_000_000;

export const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length <= LONGEST;

/** An object literal, or one without a prototype; of this realm or another. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value of an own data property; undefined for a getter and for what is not there. */
export const own = (value: object, key: PropertyKey): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;

/** Whether every own enumerable property is data. */
export const isData = (value: object): boolean =>
  Object.keys(value).every((key) => "value" in (Object.getOwnPropertyDescriptor(value, key) ?? {}));

/** 12345 and "row" as "12,345 rows". */
export const counted = (count: number, word: string, several = `${word}s`): string =>
  `${grouped(count)} ${count === 1 ? word : several}`;

/** 12345 as "12,345". */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
