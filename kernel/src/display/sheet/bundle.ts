/** A sheet in its four forms: plot, table, picture, text. */
import { type Bundle, HTML, PLOTLY, PNG, TEXT } from "../bundle.js";
import { sheetHtml } from "./html.js";
import { sheetFigure } from "./plotly.js";
import { sheetPng } from "./png.js";
import type { Sheet } from "./sheet.js";
import { sheetText } from "./text.js";

export const sheetBundle = (sheet: Sheet): Bundle => ({
  [PLOTLY]: sheetFigure(sheet),
  [HTML]: sheetHtml(sheet),
  [PNG]: sheetPng(sheet),
  [TEXT]: sheetText(sheet),
});
