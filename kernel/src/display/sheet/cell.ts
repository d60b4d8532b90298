/** How one place of a sheet looks: its text and its two colours, the same in the table and in the picture. */
import { BLACK, cellColour, EMPTY, HATCH, type Rgb, textColour } from "../colour.js";
import { formatTogether } from "../number.js";
import { groupStarts, type Sheet } from "./sheet.js";

export interface Cell {
  readonly text: string;
  readonly background: Rgb;
  readonly colour: Rgb;
  /** Not a finite number: striped. */
  readonly hatched: boolean;
}

export function cellOf(value: number, text: string, limit: number, emptyZeros: boolean): Cell {
  if (!Number.isFinite(value)) return { text, background: HATCH.light, colour: BLACK, hatched: true };
  if (emptyZeros && value === 0) return { text: "·", background: EMPTY.background, colour: EMPTY.text, hatched: false };
  const background = cellColour(value, limit);
  return { text, background, colour: textColour(background), hatched: false };
}

/** The numbers of a sheet as they are printed, row-major, with "·" for a zero that is empty. */
export function cellTexts(sheet: Sheet): string[] {
  const values = Array.from(sheet.data);
  const shown = formatTogether(values, sheet.digits);
  return values.map((value, i) => (sheet.emptyZeros && value === 0 ? "·" : shown[i]!));
}

/** Every place of an axis with whether a block begins there. */
export const places = (axis: Sheet["row"]): { readonly label: string; readonly starts: boolean }[] => {
  const starts = groupStarts(axis);
  return axis.labels.map((label, i) => ({ label, starts: starts.has(i) }));
};
