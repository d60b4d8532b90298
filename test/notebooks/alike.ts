// Whether two outputs are the same for a reader: numbers by value, pictures by size, everything else exactly.
import { type Output, textOf } from "./run.js";

/** Numbers of two runs may differ by rounding on another machine; what is smaller than NOISE is rounding itself. */
const RELATIVE = 1e-6;
const NOISE = 1e-8;
const NUMBER = /\d+(?:\.\d+)?(?:e[-+−]?\d+)?/g;

/** An output as plain data to compare: text joined, a picture as its size. */
export function comparable({ output_type, name, text, data }: Output): unknown {
  if (output_type === "stream") return { [name ?? ""]: textOf(text) };
  const shown = Object.entries(data ?? {}).map(([type, value]) => [type, shownAs(type, value)] as const);
  return { [output_type]: Object.fromEntries(shown) };
}

function shownAs(type: string, value: unknown): unknown {
  if (type === "image/png") return pngSize(textOf(value));
  return type.endsWith("json") ? value : textOf(value);
}

/** Width and height stand in the first chunk of a PNG. */
function pngSize(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("latin1", 1, 4) !== "PNG") throw new Error("an image/png that is no PNG");
  return `${bytes.readUInt32BE(16)}×${bytes.readUInt32BE(20)} pixels`;
}

/** The first place where two comparable values differ, in words; nothing when they are alike. */
export function difference(committed: unknown, now: unknown, at = "output"): string | undefined {
  if (typeof committed === "string" && typeof now === "string")
    return sameText(committed, now) ? undefined : `${at}: committed ${around(committed, now)}`;
  if (typeof committed === "number" && typeof now === "number")
    return sameNumber(committed, now) ? undefined : `${at}: committed ${committed}, now ${now}`;
  if (isObject(committed) && isObject(now)) {
    const keys = [...new Set([...Object.keys(committed), ...Object.keys(now)])];
    for (const key of keys) {
      const found = difference(committed[key], now[key], `${at} › ${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return Object.is(committed, now) ? undefined : `${at}: committed ${brief(committed)}, now ${brief(now)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const brief = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);

function sameText(a: string, b: string): boolean {
  const [left, right] = [exactly(a), exactly(b)];
  if (left.replace(NUMBER, "#") !== right.replace(NUMBER, "#")) return false;
  const numbers = right.match(NUMBER) ?? [];
  return (left.match(NUMBER) ?? []).every((x, i) => sameNumber(asNumber(x), asNumber(numbers[i]!)));
}

/** A check that finds no error at all says so in words; in numbers it is an error of 0. */
const exactly = (text: string): string => text.replace(/ exactly\b/g, " to 0");
const asNumber = (text: string): number => Number(text.replace("−", "-"));
const sameNumber = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= Math.max(NOISE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));

/** Both texts around the first place where they part. */
function around(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const cut = (text: string): string => JSON.stringify(text.slice(Math.max(0, i - 40), i + 60));
  return `${cut(a)}, now ${cut(b)}`;
}
