// What a thrown value looks like in the notebook: name and message, the line of the cell with a caret, the calls that led there.
//
// An error that points into a text of the user's (NablaError: `text`, `span`, `code`, `hint`) is shown with that text and the
// place underlined, because the place in the expression says more than the place in the cell.

import { inspect } from "node:util";
import { caret, excerpt, paint } from "../excerpt.js";
import type { CellError } from "../protocol.js";
import { cellCode } from "./positions.js";
import { firstCellFrame } from "./stack.js";

/** The fields of an error that points into a text; structural, because the engine's class may come from another copy of the package. */
interface TextError extends Error {
  code: string;
  span?: [number, number];
  text?: string;
  hint?: string;
}

/** Frames of Node and of the kernel itself tell the user nothing. */
const OWN_FRAME = /\(?node:|\/dist\/jupyter\/(?:main|runner|api)/;
/** Nor do those of the engine, when it has said what is wrong with the text. */
const ENGINE_FRAME = new URL("../../", import.meta.url).href;

/** Of the errors that an AggregateError gathers. */
const MOST_GATHERED = 10;
/** Characters of a message. */
const LONGEST_MESSAGE = 10_000;

export function describeError(thrown: unknown): CellError {
  try {
    if (!(thrown instanceof Error) && !isErrorLike(thrown)) return describeValue(thrown);
    const { name, message } = nameAndMessage(thrown);
    const stack = typeof thrown.stack === "string" ? thrown.stack : "";
    const parts = [`${paint.red(name)}${message ? `: ${message}` : ""}`];
    if (isTextError(thrown)) parts.push(...textPlace(thrown));
    const place = firstCellFrame(stack);
    const code = place && cellCode(place.cell);
    if (place && code !== undefined) {
      const column = `[${place.cell}] line ${place.line + 1}, column ${place.column + 1}`;
      parts.push(paint.green(column), excerpt(code, place.line, place.column));
    }
    const calls = stack.split("\n").filter((line) => /^\s+at /.test(line) && !isOwn(line, thrown));
    if (calls.length > 1 || (calls.length === 1 && !place)) parts.push(paint.grey(calls.join("\n")));
    if (thrown.cause !== undefined) parts.push(`caused by ${inspect(thrown.cause)}`);
    if (thrown instanceof AggregateError) parts.push(...gathered(thrown.errors));
    return { ename: name, evalue: message, traceback: parts.join("\n").split("\n") };
  } catch {
    // A hostile object: its own getters throw.
    return {
      ename: "Error",
      evalue: "the thrown value cannot be shown",
      traceback: [`${paint.red("Error")}: the thrown value cannot be shown`],
    };
  }
}

/** The first of the errors that came together, each in a line, and how many more there are. */
function gathered(errors: unknown[]): string[] {
  const told = errors
    .slice(0, MOST_GATHERED)
    .map((each) => `  ${isErrorLike(each) ? nameAndMessage(each).message : inspect(each)}`);
  const rest = errors.length - told.length;
  return rest > 0 ? [...told, `  … and ${rest.toLocaleString("en")} more`] : told;
}

function isOwn(frame: string, thrown: Error): boolean {
  if (OWN_FRAME.test(frame)) return true;
  return isTextError(thrown) && (frame.includes(ENGINE_FRAME) || frame.endsWith("(<anonymous>)"));
}

function describeValue(thrown: unknown): CellError {
  const evalue = shortened(typeof thrown === "string" ? thrown : inspect(thrown));
  return { ename: "Thrown", evalue, traceback: [`${paint.red("Thrown")}: ${evalue}`] };
}

function nameAndMessage(error: Error): { name: string; message: string } {
  const code = isTextError(error) ? ` [${error.code}]` : "";
  return { name: `${String(error.name || "Error")}${code}`, message: shortened(String(error.message ?? "")) };
}

function shortened(message: string): string {
  const rest = message.length - LONGEST_MESSAGE;
  return rest > 0 ? `${message.slice(0, LONGEST_MESSAGE)}… ${rest.toLocaleString("en")} more characters` : message;
}

function textPlace({ text, span, hint }: TextError): string[] {
  const parts: string[] = [];
  if (typeof text === "string" && span) {
    const [start, end] = span;
    const before = text.slice(0, start).split("\n");
    const line = before.length - 1;
    const column = before.at(-1)?.length ?? 0;
    const lines = text.split("\n");
    const shown = lines.map((each, i) =>
      i === line
        ? `    ${each}\n    ${caret(each, column, Math.min(end - start, each.length - column))}`
        : `    ${each}`,
    );
    parts.push(...shown);
  }
  if (typeof hint === "string" && hint !== "") parts.push(`hint: ${hint}`);
  return parts;
}

function isTextError(error: Error): error is TextError {
  const { code, span, name } = error as Partial<TextError>;
  return typeof code === "string" && (name === "NablaError" || Array.isArray(span));
}

/** An Error of another realm (a `vm` context) is no instance of ours. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === "object" && value !== null && "stack" in value && "message" in value;
}
