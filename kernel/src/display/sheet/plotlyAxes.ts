/**
 * The axes of a plot: a label at every row and column and, where there are blocks, a label beside or above each block.
 * Widths are estimated in pixels, since only the browser knows its font.
 */
import { type Axis, isGrouped } from "./sheet.js";

/** Pixels of a character and of a line of labels. */
const CHARACTER = 7;
const LINE = 18;
const GAP = 8;
/** Most labels along an axis. */
const MOST_LABELS = 40;

/** Plotly reads a little HTML in texts. */
export const plotlyText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const widthOf = (text: string): number => CHARACTER * [...text].length;
const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
const groupLabels = ({ groups }: Axis): readonly string[] => groups.map(({ label }) => label);

/** Labels at whole numbers; every so many where there is no room for all, none of them inside blocks. */
export function axisLayout(axis: Axis, cell: number, down: boolean): object {
  const { labels, title } = axis;
  const need = down ? LINE : widest(labels) + GAP;
  const step = Math.max(Math.ceil(labels.length / MOST_LABELS), Math.ceil(need / cell));
  const shown = labels.flatMap((label, i) =>
    (isGrouped(axis) ? step === 1 : i % step === 0) ? [{ label, at: i + 1 }] : [],
  );
  const [first, last] = [0.5, labels.length + 0.5];
  return {
    title: {
      text: plotlyText(title),
      // Outside of the labels of the blocks.
      ...(down && isGrouped(axis) && title !== "" ? { standoff: widest(groupLabels(axis)) + 2 * GAP } : {}),
    },
    tickvals: shown.map(({ at }) => at),
    ticktext: shown.map(({ label }) => plotlyText(label)),
    range: down ? [last, first] : [first, last],
    constrain: "domain",
    constraintoward: down ? "top" : "left",
    tickangle: 0,
    showgrid: false,
    zeroline: false,
    ticks: "",
  };
}

/** Room for the labels of the rows, or for those of the columns. */
export const labelRoom = (axis: Axis, down: boolean): number =>
  (down
    ? widest(axis.labels) + GAP + (isGrouped(axis) ? widest(groupLabels(axis)) + GAP : 0)
    : isGrouped(axis)
      ? 2 * LINE
      : LINE) + (axis.title ? LINE : 0);

/** The labels of the blocks, outside the labels of their rows or columns. */
export function groupNames(axis: Axis, down: boolean): object[] {
  if (!isGrouped(axis)) return [];
  let before = 0;
  return axis.groups.map(({ label, size }) => {
    const middle = before + (size + 1) / 2;
    before += size;
    const text = `<b>${plotlyText(label)}</b>`;
    return down
      ? {
          text,
          showarrow: false,
          y: middle,
          xref: "x domain",
          x: 0,
          xanchor: "right",
          xshift: -widest(axis.labels) - GAP,
        }
      : { text, showarrow: false, x: middle, yref: "y domain", y: 1, yanchor: "bottom", yshift: LINE };
  });
}
