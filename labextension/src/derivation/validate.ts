/** A derivation from a notebook file is looked at, down to its lines, before anything is drawn from it. */
import type { Box, DerivationDocument, Page, PageLine, Tag } from "nabla";
import { areText, isListOf, isRecord, isText } from "../trace/json.js";

/** "version": another version of Nabla wrote it; "malformed": something that a page needs is not there. */
export type DerivationFault = "version" | "malformed";

export type ReadDerivation = { readonly document: DerivationDocument } | { readonly fault: DerivationFault };

export function readDerivation(value: unknown): ReadDerivation {
  if (isRecord(value) && value.kind === "nabla.derivation" && value.version !== 1) return { fault: "version" };
  return isDerivation(value) ? { document: value } : { fault: "malformed" };
}

const isDerivation = (value: unknown): value is DerivationDocument =>
  isRecord(value) &&
  value.kind === "nabla.derivation" &&
  value.version === 1 &&
  isText(value.text) &&
  isRecord(value.shown) &&
  areText(value.shown, "layout", "style") &&
  isListOf(value.pages, isPage) &&
  value.pages.length > 0;

const isPage = (page: unknown): page is Page =>
  isRecord(page) &&
  areText(page, "layout", "style", "check", "reading") &&
  isListOf(page.header, isText) &&
  isListOf(page.conditions, isText) &&
  isListOf(page.lines, isLine) &&
  isListOf(page.results, isResult) &&
  isListOf(page.boxes, isBox) &&
  isListOf(page.folded, isFolded);

const isLine = (line: unknown): line is PageLine =>
  isRecord(line) &&
  areText(line, "left", "note", "shape") &&
  isListOf(line.right, isText) &&
  (line.shaped === undefined || isListOf(line.shaped, isText)) &&
  isListOf(line.chips, isChip) &&
  isListOf(line.tags, isTag);

const isChip = (chip: unknown): chip is PageLine["chips"][number] =>
  isRecord(chip) && areText(chip, "name", "sentence");

const isTag = (tag: unknown): tag is Tag =>
  isRecord(tag) && isText(tag.label) && (tag.erratum === undefined || isText(tag.erratum));

const isResult = (result: unknown): result is Page["results"][number] =>
  isRecord(result) && areText(result, "latex", "layout") && typeof result.here === "boolean";

const isBox = (box: unknown): box is Box => isRecord(box) && areText(box, "kind", "title", "text");

const isFolded = (folded: unknown): folded is Page["folded"][number] =>
  isRecord(folded) &&
  isText(folded.title) &&
  isListOf(folded.lines, isLine) &&
  (folded.text === undefined || isText(folded.text));
