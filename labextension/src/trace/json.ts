/** Reading what came from outside: a kernel, a notebook file. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === "string";

export const isListOf = <T>(value: unknown, item: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(item);

export const areText = (value: Record<string, unknown>, ...names: string[]): boolean =>
  names.every((name) => isText(value[name]));
