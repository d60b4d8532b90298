/** The rows of the notes as statements for `check`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Layout } from "../../../kernel/src/calculus/core/step.js";

export interface Row {
  readonly id: string;
  readonly mode?: "equal" | "diff" | "deriv" | "einsum" | "custom";
  readonly expr: string;
  readonly vars: Readonly<Record<string, readonly string[]>>;
  readonly wrt: string | null;
  readonly dvars?: readonly string[];
  readonly layout: string;
  readonly expected: string;
  readonly expected_printed?: string;
  readonly alt?: readonly string[];
  readonly domain?: Readonly<Record<string, string>>;
}

const file = path.resolve(import.meta.dirname, "../../seeds/notes-rows.json");
export const rows: readonly Row[] = JSON.parse(readFileSync(file, "utf8"));

const FACTS: Readonly<Record<string, string>> = { prob: " simplex", pos: " positive", spd: " spd", signs: " signs" };

/** "x: n simplex, A: m×n" */
export const where = (row: Row): string =>
  Object.entries(row.vars)
    .map(([name, dims]) => `${name}: ${dims.join("×") || "scalar"}${FACTS[row.domain?.[name] ?? ""] ?? ""}`)
    .join(", ");

/** The row as an equation with this right side. */
export function statement(row: Row, right: string): string {
  if (row.mode === "deriv") return `d(${row.expr})/d${row.wrt} = ${right}`;
  return row.mode === "diff" ? `d(${row.expr}) = ${right}` : `${row.expr} = ${right}`;
}

export const layoutOf = (row: Row): Layout | undefined =>
  row.layout === "numerator" || row.layout === "denominator" ? row.layout : undefined;
