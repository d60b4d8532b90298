// Handles of what is on the page already: a cell that ends with `display(x)` shows x, and not the handle as well.

const handles = new WeakSet<object>();

export function asHandle<T extends object>(handle: T): T {
  handles.add(handle);
  return handle;
}

export const isHandle = (value: unknown): boolean => typeof value === "object" && value !== null && handles.has(value);
