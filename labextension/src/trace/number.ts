/** Numbers as the panel prints them: three decimals, six or all, a true minus sign, exponents only when needed. */
import type { Conventions } from "nabla";

export type Digits = Conventions["digits"];

const MINUS = "\u2212";

/** `formatNumber(-0.059484, 3)` is "−0.059"; whole numbers stay whole; 0 is never printed for a small number. */
export function formatNumber(value: number, digits: Digits): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  return withMinus(bare(value, digits));
}

function bare(value: number, digits: Digits): string {
  if (digits === "all") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toFixed(0);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 0.5 * 10 ** -digits) return value.toExponential(1);
  const decimals = size >= 1000 ? Math.min(1, digits) : digits;
  return value.toFixed(decimals);
}

const withMinus = (text: string): string => (text === "-0" ? "0" : text.replace(/-/g, MINUS));
