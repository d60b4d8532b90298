/** Places for the numbers of an axis: 1, 2 or 5 times a power of ten apart, or whole powers of ten. */
import { formatNumber } from "../number.js";

export interface Tick {
  readonly value: number;
  readonly label: string;
}

const MINUS = "−";

/** About `count` ticks between two numbers. */
export function linearTicks(low: number, high: number, count = 6): Tick[] {
  const raw = (high - low) / count;
  if (!(raw > 0)) return [{ value: low, label: formatNumber(low) }];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((k) => k * power >= raw * 0.99) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    const plain = decimals <= 6 && Math.abs(value) < 1e6;
    return {
      value,
      label: plain
        ? value
            .toFixed(decimals)
            .replace("-", MINUS)
            .replace(/^−(0(?:\.0*)?)$/, "$1")
        : formatNumber(value),
    };
  });
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10 to a whole power: "10⁻³". */
export const powerOfTen = (exponent: number): string =>
  `10${String(exponent).replace(/./g, (c) => (c === "-" ? "⁻" : SUPERSCRIPTS[Number(c)]!))}`;

/** Whole powers of ten, by exponents; `value` is the exponent. */
export function logTicks(low: number, high: number, count = 6): Tick[] {
  const every = Math.max(1, Math.ceil((high - low) / count));
  const first = Math.ceil(low / every - 1e-9);
  const last = Math.floor(high / every + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const value = (first + i) * every;
    return { value, label: powerOfTen(value) };
  });
}
