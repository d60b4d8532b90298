/** A copy of plain data as JSON, made without running any of its code: no getter, no `toJSON`. */
import { own } from "./define.js";

/** Values in all; a figure with more would not be drawn in time. */
const MOST_VALUES = 2_000_000;
const DEEPEST = 20;

/** @returns undefined when there is a getter, a function, a cycle, or too much of it */
export function plainJson(value: object): object | undefined {
  let left = MOST_VALUES;

  function copy(item: unknown, depth: number): unknown {
    if (--left < 0 || depth > DEEPEST) throw TOO_MUCH;
    switch (typeof item) {
      case "number":
        return Number.isFinite(item) ? item : null;
      case "string":
      case "boolean":
        return item;
      case "undefined":
        return null;
      case "bigint":
        return Number(item);
      case "function":
      case "symbol":
        throw TOO_MUCH;
      case "object":
        return item === null ? null : copyObject(item, depth);
    }
  }

  function copyObject(item: object, depth: number): unknown {
    if (item instanceof Date) return Number.isNaN(item.getTime()) ? null : item.toISOString();
    if (ArrayBuffer.isView(item) && !(item instanceof DataView))
      return Array.from(item as unknown as ArrayLike<number | bigint>, (each) => copy(each, depth + 1));
    if (Array.isArray(item)) return Array.from({ length: item.length }, (_, i) => copy(data(item, i), depth + 1));
    const result: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(item)) {
      const inner = data(item, key);
      if (inner !== undefined) result[key] = copy(inner, depth + 1);
    }
    return { ...result };
  }

  try {
    return copy(value, 0) as object;
  } catch (cause) {
    if (cause === TOO_MUCH) return undefined;
    throw cause;
  }
}

const TOO_MUCH = new Error("no plain data");

function data(value: object, key: PropertyKey): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  if (descriptor && !("value" in descriptor)) throw TOO_MUCH;
  return own(value, key);
}
