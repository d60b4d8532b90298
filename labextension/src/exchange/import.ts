/** A text from outside, a trace document or a bare network, as what the panel can show; or one sentence. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig, TraceDocument } from "nabla";
import { configOf } from "../trace/engine.js";
import { isRecord } from "../trace/json.js";
import { validateTrace } from "../trace/validate.js";
import { networkFile, readNetwork } from "./network.js";

/** More text than this is not read. */
const LONGEST = 4_000_000; // characters

export type Imported =
  | { readonly config: NetworkConfig }
  | { readonly document: TraceDocument }
  | { readonly problem: string };

/** A trace of a network that the panel can compute is computed anew: of its text nothing but numbers and choices is kept. */
export async function readImport(text: string, trans: TranslationBundle): Promise<Imported> {
  if (text.length > LONGEST) return { problem: trans.__("The text is longer than %1 characters.", LONGEST) };
  const value = parsed(text);
  if (value === undefined) return { problem: trans.__("This is not JSON.") };
  if (!isRecord(value) || value.kind !== "nabla.trace") return readNetwork(value, trans);
  const validated = validateTrace(value);
  if ("problem" in validated) return validated;
  const config = await configOf(validated.document);
  const own = config && readNetwork(networkFile(config), trans);
  return own && "config" in own ? own : validated;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
