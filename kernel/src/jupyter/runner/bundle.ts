// A value → its MIME bundle. An object that knows how to show itself does (`[Symbol.for("Jupyter.display")]()`, may be async);
// everything else is inspected as text.

import { inspect } from "node:util";
import type { MimeBundle } from "../protocol.js";
import { followTrace } from "./followTrace.js";

/** The method by which an object shows itself: the same symbol as in other JavaScript kernels. */
export const DISPLAY = Symbol.for("Jupyter.display");

/** Longer texts are folded: a notebook file should not carry a megabyte that nobody reads. */
const LONGEST = 100_000;

/** At once where the object can be shown at once, otherwise a promise. Never throws: an object's own faults are told in its place. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  return followTrace(shownBy(value));
}

function shownBy(value: unknown): MimeBundle | Promise<MimeBundle> {
  const show = displayMethod(value);
  if (!show) return { "text/plain": plainText(value) };
  try {
    const shown = show.call(value);
    if (shown instanceof Promise)
      return shown.then(
        (bundle) => checked(value, bundle),
        (cause) => failed(value, cause),
      );
    return checked(value, shown);
  } catch (cause) {
    return failed(value, cause);
  }
}

function checked(value: unknown, bundle: unknown): MimeBundle {
  if (isBundle(bundle)) return bundle;
  return {
    "text/plain": `${plainText(value)}\n(its Jupyter.display gave ${plainText(bundle)} where a MIME bundle was wanted)`,
  };
}

function failed(value: unknown, cause: unknown): MimeBundle {
  return {
    "text/plain": `${plainText(value)}\n(its Jupyter.display threw ${cause instanceof Error ? cause.message : plainText(cause)})`,
  };
}

/** A plain object whose every key is a MIME type. */
export function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[\w.+-]+/.test(key));
}

export function plainText(value: unknown): string {
  let text: string;
  try {
    text =
      typeof value === "string"
        ? inspect(value, { maxStringLength: LONGEST })
        : inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000 });
  } catch (cause) {
    return `[a value that cannot be shown: ${cause instanceof Error ? cause.message : "its own code throws"}]`;
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… ${text.length - LONGEST} more characters` : text;
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  try {
    const method = (value as Record<symbol, unknown>)[DISPLAY];
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined;
  }
}
