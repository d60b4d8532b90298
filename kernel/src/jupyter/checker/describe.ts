// Completion and hover, from tslab's converter to what the protocol's answers hold.

import type * as TS from "typescript";
import type { Completions, Inspection } from "../protocol.js";
import { type Converter, ts } from "./typescript.js";

/** No menu shows more, and a longer list only costs time. */
const LONGEST_LIST = 1000;

export function completions(converter: Converter, declarations: string, code: string, position: number): Completions {
  const { start, end, candidates, original } = converter.complete(declarations, code, position);
  const kinds = new Map(original?.entries.map((entry) => [entry.name, entry.kind as string]));
  return {
    start,
    end,
    matches: candidates.slice(0, LONGEST_LIST).map((name) => ({ name, type: kinds.get(name) ?? "" })),
  };
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
