/**
 * A link that opens the panel at the same network, step and layout. All of it is in the hash, which no server sees:
 * `#nabla=` and the JSON of the state in base64 of a URL.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { Layout, NetworkConfig } from "nabla";
import { isRecord } from "../trace/json.js";
import { networkFile, readNetwork } from "./network.js";

/** What a link carries. */
export interface Linked {
  readonly config: NetworkConfig;
  readonly step: string;
  readonly layout: Layout;
}

/** As the router of the application is to look for it. */
export const LINK_PATTERN = /[?#&]nabla=([\w-]+)/u;
/** More text than this is no link of ours: the largest network has 14 kB. */
const LONGEST = 40_000; // characters

export const linkHash = ({ config, step, layout }: Linked): string =>
  `#nabla=${toBase64(JSON.stringify({ ...networkFile(config), step, layout }))}`;

/** The state in the address; undefined where it has none, a sentence where it cannot be read. */
export function readLink(address: string, trans: TranslationBundle): Linked | { problem: string } | undefined {
  const code = LINK_PATTERN.exec(address)?.[1];
  if (code === undefined) return undefined;
  const value = code.length > LONGEST ? undefined : fromBase64(code);
  if (!isRecord(value)) return { problem: trans.__("The link is damaged: it holds no network.") };
  const read = readNetwork(value, trans);
  if ("problem" in read) return read;
  return {
    config: read.config,
    step: typeof value.step === "string" ? value.step : "",
    layout: value.layout === "numerator" ? "numerator" : "denominator",
  };
}

const toBase64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/u, "");

function fromBase64(code: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
