/** A number as people write it: 0.5, −1, 2e-3, .5, 1/3. Anything else is named in a sentence. */
import type { TranslationBundle } from "@jupyterlab/translation";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu;

export type Read = { readonly value: number } | { readonly problem: string };

export function readNumber(written: string, trans: TranslationBundle): Read {
  const text = written.trim().replace(/[−–]/gu, "-").replace(/^\+/u, "");
  if (text === "") return { problem: trans.__("there is no number") };
  if (/^[+-]?(nan|inf(inity)?|∞)$/iu.test(text))
    return { problem: trans.__("%1 is not a finite number", written.trim()) };
  if (/^[+-]?\d+,\d+$/u.test(text)) return { problem: trans.__("write %1 with a point", written.trim()) };
  const parts = text.split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part)))
    return { problem: trans.__("“%1” is no number", shortened(written.trim())) };
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(text);
  return Number.isFinite(value)
    ? { value: value + 0 }
    : { problem: trans.__("%1 is not a finite number", shortened(written.trim())) };
}

/** What a sentence quotes of something that may be long. */
export const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
