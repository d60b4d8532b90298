/** Numbers as every output prints them: three decimals, six or all, a true minus sign, exponents only when needed. */
export type Digits = 3 | 6 | "all";

const MINUS = "−";

/** `formatNumber(-0.059484, 3)` is "−0.059"; whole numbers stay whole; a small number is never printed as 0. */
export function formatNumber(value: number, digits: Digits = 3): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const bare = bareNumber(value, digits);
  return bare === "-0" ? "0" : bare.replaceAll("-", MINUS);
}

function bareNumber(value: number, digits: Digits): string {
  if (digits === "all") return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return value.toFixed(0);
  if (size >= 1e6 || size < 0.5 * 10 ** -digits) return value.toExponential(1);
  return value.toFixed(size >= 1000 ? 1 : digits);
}

/**
 * The numbers of one table: with a common count of decimals where none needs an exponent, so that they line up.
 * `formatTogether([1, 0.5, 0.25])` is ["1.00", "0.50", "0.25"]; whole numbers only stay whole.
 */
export function formatTogether(values: readonly number[], digits: Digits = 3): string[] {
  const texts = values.map((value) => formatNumber(value, digits));
  if (digits === "all") return texts;
  const plain = texts.filter((text) => /\d/.test(text));
  if (plain.some((text) => text.includes("e"))) return texts;
  const needed = Math.max(0, ...plain.map((text) => text.replace(/^[^.]*\.?/, "").replace(/0+$/, "").length));
  return values.map((value, i) => (Number.isFinite(value) ? fixed(value, needed) : texts[i]!));
}

function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", MINUS);
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** 12 as "₁₂". */
export const subscript = (value: number): string => String(value).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]!);

/**
 * Name of an entry, indices from 0: `entryName("W", [1, 0])` is "W₂₁"; indices of 10 and more have a comma between
 * them, and a name that ends in a digit has brackets, "W1[2,1]".
 */
export function entryName(name: string, indices: readonly number[]): string {
  if (indices.length === 0) return name;
  const shown = indices.map((index) => index + 1);
  if (/[\d₀-₉)\]]$/.test(name)) return `${name}[${shown.join(",")}]`;
  return name + shown.map(subscript).join(shown.some((index) => index > 9) ? "," : "");
}
