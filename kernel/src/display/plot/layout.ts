/** What all figures of plots have in common: title with notes under it, clear paper, greys that both themes can read. */
import { plotlyText } from "../sheet/plotlyAxes.js";
import { CLEAR, GREY } from "./palette.js";

const LINE = 18;
const EDGE = 24;

/** Characters of a line of notes in a figure as wide as ours; plotly breaks no line by itself. */
const LONGEST = 86;

/** Notes in lines that fit, broken between words. */
const inLines = (notes: readonly string[]): string[] =>
  notes.flatMap((note) =>
    note.split(" ").reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      if (last === undefined || last.length + word.length >= LONGEST) lines.push(word);
      else lines[lines.length - 1] = `${last} ${word}`;
      return lines;
    }, []),
  );

/** Room above the plot for a title and its notes, in pixels. */
export const headRoom = (notes: readonly string[]): number => EDGE + LINE * (inLines(notes).length + 1) + 8;

export function baseLayout(title: string, notes: readonly string[]): Readonly<Record<string, unknown>> {
  const line = { gridcolor: "rgba(128,128,128,0.25)", linecolor: GREY, tickcolor: GREY, zerolinecolor: GREY };
  return {
    title: {
      text: [
        `<b>${plotlyText(title)}</b>`,
        ...inLines(notes).map((note) => `<span style="font-size:12px">${plotlyText(note)}</span>`),
      ].join("<br>"),
      x: 0,
      y: 1,
      xanchor: "left",
      yanchor: "top",
      pad: { t: 18, l: 8 },
      font: { size: 14 },
    },
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    template: { layout: { font: { color: GREY }, xaxis: line, yaxis: line } },
  };
}

/** Six digits that count: what a figure needs, in a third of the bytes. JSON has no NaN: a gap. */
export const short = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
