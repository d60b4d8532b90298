/** A value in one cell of a grid, in one line; what does not fit into one has no cell. */
import { isData, isPlain, own } from "./define.js";

export interface Cell {
  readonly text: string;
  /** Numbers stand at the right. */
  readonly isNumber: boolean;
}

/** Longer words are cut; the sign says so. */
const LONGEST_WORD = 80;
/** A list or record with a longer text is told by an inspector, not by a table. */
const LONGEST_NESTED = 40;
const DIGITS = 7;

/** Whole numbers whole; others with seven digits, without the rounding noise of binary fractions. */
export function numberText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  const rounded = String(Number(value.toPrecision(DIGITS)));
  return rounded.length < String(value).length ? rounded : String(value);
}

/** @returns undefined for what one line cannot hold */
export function cellOf(value: unknown): Cell | undefined {
  if (typeof value === "number") return { text: numberText(value), isNumber: true };
  if (typeof value === "bigint") return { text: `${value}n`, isNumber: true };
  const text = typeof value === "string" ? word(value) : plainText(value);
  return text === undefined ? undefined : { text, isNumber: false };
}

function word(value: string): string {
  const line = value.replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return line.length > LONGEST_WORD ? `${line.slice(0, LONGEST_WORD)}…` : line;
}

/** What stands in a list or record, and what has no text of its own in a cell. */
function plainText(value: unknown): string | undefined {
  if (value === undefined) return "";
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (Array.isArray(value)) return nested(value, "[", "]", () => "");
  if (isPlain(value) && isData(value)) return nested(value, "{ ", " }", (key) => `${key}: `);
  return undefined;
}

function nested(value: object, open: string, close: string, label: (key: string) => string): string | undefined {
  const keys = Object.keys(value);
  if (keys.length > LONGEST_NESTED / 2) return undefined;
  if (keys.length === 0) return (open + close).replaceAll(" ", "");
  const parts: string[] = [];
  for (const key of keys) {
    const item = own(value, key);
    const text = typeof item === "string" ? JSON.stringify(item) : isSimple(item) ? cellOf(item)?.text : undefined;
    if (text === undefined) return undefined;
    parts.push(label(key) + text);
  }
  const text = open + parts.join(", ") + close;
  return text.length > LONGEST_NESTED ? undefined : text;
}

/** One level deep only. */
const isSimple = (value: unknown): boolean =>
  (typeof value !== "object" && typeof value !== "function") || value === null;
