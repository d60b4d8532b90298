// Completion and hover, from tslab's converter to what the protocol's answers hold.

import type * as TS from "typescript";
import type { Completions, Inspection } from "../protocol.js";
import { ts } from "./compiler.js";
import type { Converter } from "./converter.js";
import { completionDetails } from "./typescript.js";

/** No menu shows more, and a longer list only costs time. */
const LONGEST_LIST = 1000;

/** Names that get their signature and documentation beside their kind, and the time that this may take. */
const DETAILED = 12;
const DETAILS_MS = 4;
/** Details of a name cost as much as the list that it stands in: that of the globals is too long. */
const LONGEST_DETAILED_LIST = 200;

export function completions(converter: Converter, declarations: string, code: string, position: number): Completions {
  const { start, end, candidates, original } = converter.complete(declarations, code, position);
  const entries = original?.entries ?? [];
  const kinds = new Map(entries.map((entry) => [entry.name, entry.kind as string]));
  const until = performance.now() + DETAILS_MS;
  const matches = candidates.slice(0, LONGEST_LIST).map((name, i) => {
    const match = { name, type: kinds.get(name) ?? "" };
    const isDetailed = entries.length <= LONGEST_DETAILED_LIST && i < DETAILED && performance.now() < until;
    return isDetailed ? { ...match, ...details(name, position) } : match;
  });
  return { start, end, matches };
}

function details(name: string, position: number): { signature?: string; documentation?: string } {
  const found = completionDetails(name, position);
  if (!found) return {};
  const documentation = ts.displayPartsToString(found.documentation);
  return { signature: ts.displayPartsToString(found.displayParts), ...(documentation && { documentation }) };
}

/** @param detail above 0: with the `@example`s and other tags */
export function inspection(
  converter: Converter,
  declarations: string,
  code: string,
  position: number,
  detail: number,
): Inspection | null {
  // The cursor stands between characters: the name under it may end there.
  const info =
    converter.inspect(declarations, code, position) ??
    (position > 0 ? converter.inspect(declarations, code, position - 1) : undefined);
  if (!info) return null;
  const text = ts.displayPartsToString(info.documentation);
  const tags = (info.tags ?? [])
    .filter((tag) => detail > 0 || ["param", "returns", "deprecated", "example"].includes(tag.name))
    .map(tagLine);
  return {
    signature: ts.displayPartsToString(info.displayParts),
    documentation: [text, ...tags].filter((part) => part !== "").join("\n\n"),
  };
}

function tagLine({ name, text }: TS.JSDocTagInfo): string {
  const body = ts.displayPartsToString(text);
  if (name === "param") {
    const parameter = /^(\S+)\s*[-–]?\s*([\s\S]*)$/.exec(body);
    if (parameter) return `*@param* \`${parameter[1]}\` ${parameter[2]}`.trimEnd();
  }
  if (name === "example") return `*@example*\n\`\`\`typescript\n${body.trim()}\n\`\`\``;
  return `*@${name}* ${body}`.trimEnd();
}
