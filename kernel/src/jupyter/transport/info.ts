// kernel_info: what this kernel is. Answered before TypeScript is loaded, so its version is stated here and a test compares it.

import { readFileSync } from "node:fs";
import type { Json } from "../protocol.js";
import { PROTOCOL_VERSION } from "./wire.js";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The TypeScript of the converter (a fork without `using` and without standard decorators). */
export const TYPESCRIPT_VERSION = "5.0.4";

export const KERNEL_INFO: Json = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "nabla",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: TYPESCRIPT_VERSION,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `Nabla ${version}: TypeScript ${TYPESCRIPT_VERSION} on Node ${process.versions.node}, with matrix calculus (import { d } from "nabla")`,
  help_links: [
    { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    { text: "Node.js", url: "https://nodejs.org/docs/latest-v20.x/api/" },
  ],
  debugger: false,
  supported_features: ["iopub_welcome"],
};
