// A value → its MIME bundle. An object that knows how to show itself does (`[Symbol.for("Jupyter.display")]()`, may be async);
// plain values of a known kind (tables, matrices, pictures, figures) have forms of their own; everything else is inspected as text.

import { inspect, types } from "node:util";
import { valueBundle } from "../../display/values/index.js";
import type { MimeBundle } from "../protocol.js";
import { followTrace } from "./followTrace.js";

/** The method by which an object shows itself: the same symbol as in other JavaScript kernels. */
export const DISPLAY = Symbol.for("Jupyter.display");

/** Longer texts are folded: a notebook file should not carry a megabyte that nobody reads. */
const LONGEST = 100_000;
const SEE_ALL =
  "console.log prints a whole text, console.dir(value, { depth: null, maxArrayLength: null }) a whole object";

/** At once where the object can be shown at once, otherwise a promise. Never throws: an object's own faults are told in its place. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  return followTrace(shownBy(value));
}

function shownBy(value: unknown): MimeBundle | Promise<MimeBundle> {
  const show = displayMethod(value);
  if (!show) return recognised(value) ?? { "text/plain": plainText(value) };
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

function recognised(value: unknown): MimeBundle | undefined {
  return typeof value === "object" && value !== null && !types.isProxy(value) ? valueBundle(value) : undefined;
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
  try {
    if (typeof value === "string") return folded(value, (text) => inspect(text, { maxStringLength: null }));
    return folded(inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000 }), (text) => text);
  } catch (cause) {
    return `[a value that cannot be shown: ${cause instanceof Error ? cause.message : "its own code throws"}]`;
  }
}

function folded(text: string, show: (text: string) => string): string {
  const rest = text.length - LONGEST;
  if (rest <= 0) return show(text);
  return `${show(text.slice(0, LONGEST))}\n… ${rest.toLocaleString("en")} more characters: ${SEE_ALL}`;
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  try {
    // A proxy that answers every name (a client of a remote service) would answer this one too.
    if (types.isProxy(value) && !(DISPLAY in value)) return undefined;
    const method = (value as Record<symbol, unknown>)[DISPLAY];
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined;
  }
}
