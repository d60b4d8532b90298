// The part of tslab's converter that is used: its types.

import type * as TS from "typescript";
import type { Completed } from "./completeMember.js";

export interface Converter {
  convert(declarations: string, source: string): Converted;
  inspect(declarations: string, source: string, position: number): TS.QuickInfo | undefined;
  complete(declarations: string, source: string, position: number): Completed;
  close(): void;
}

/** As tslab makes it. */
export interface TslabConverter extends Omit<Converter, "convert"> {
  convert(declarations: string, source: string): Omit<Converted, "wrongSyntax">;
}

export interface Converted {
  diagnostics: Diagnostic[];
  /** They are of its syntax: no types have a part in them. */
  wrongSyntax: boolean;
  output?: string;
  declOutput?: string;
  hasToplevelAwait?: boolean;
  lastExpressionVar?: string;
  sideOutputs?: { path: string; data: string }[];
}

export interface Diagnostic {
  start: { offset: number; line: number; character: number };
  end: { offset: number; line: number; character: number };
  messageText: string;
  category: number;
  code: number;
  fileName?: string;
}
