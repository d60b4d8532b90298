// tslab's TypeScript, as it is.

import type * as TS from "typescript";
import { loadCompiler } from "./compilerSource.js";

export const ts = loadCompiler() as typeof TS;
