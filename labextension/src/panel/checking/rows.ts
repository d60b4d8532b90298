/** The table of a gradient check: one row per parameter, its errors and its verdict; a row is opened with its button. */
import type { Check } from "nabla";
import { el } from "../../view/dom.js";
import { SIGNS } from "../check.js";
import type { PanelContext } from "../context.js";

/** One gradient of the table: of a network that is checked here, or as its trace brings it. */
export interface CheckRow extends Omit<Check, "values"> {
  readonly label: string;
  readonly latex: string;
  readonly shape: readonly [rows: number, cols: number];
  readonly values?: {
    readonly symbolic: readonly number[];
    readonly automatic: readonly number[];
    readonly difference: readonly number[];
  };
}

export function errorText(error: number): string {
  if (!Number.isFinite(error)) return "–";
  if (error === 0) return "0";
  return error >= 0.001 ? error.toPrecision(2) : error.toExponential(0).replace("-", "−");
}

export function checkTable(
  rows: readonly CheckRow[],
  selected: CheckRow | undefined,
  context: PanelContext,
  open: (row: CheckRow) => void,
): HTMLElement {
  const { trans, typeset } = context;
  const words: Record<Check["verdict"], string> = {
    ok: trans.__("ok"),
    look: trans.__("look"),
    bad: trans.__("bad"),
    kink: trans.__("kink"),
  };
  const head = [trans.__("gradient"), trans.__("reverse AD"), trans.__("difference"), trans.__("verdict")];
  const line = (row: CheckRow): HTMLElement =>
    el(
      "tr",
      { attrs: { "data-verdict": row.verdict, "data-gradient": row.label } },
      el(
        "th",
        { attrs: { scope: "row" } },
        el(
          "button",
          {
            class: "jp-nabla-Button",
            attrs: {
              type: "button",
              "aria-pressed": row === selected,
              "aria-label": trans.__("Entries of %1", row.label),
            },
            on: { click: () => open(row) },
          },
          typeset(row.latex, { label: row.label }),
        ),
      ),
      el("td", {}, errorText(row.automatic)),
      el("td", {}, errorText(row.difference)),
      el("td", {}, `${SIGNS[row.verdict]} ${words[row.verdict]}`),
    );
  return el(
    "table",
    { class: "jp-nabla-CheckTable" },
    el("caption", {}, trans.__("Relative error of every gradient against reverse AD and central differences")),
    el("thead", {}, el("tr", {}, ...head.map((title) => el("th", { attrs: { scope: "col" } }, title)))),
    el("tbody", {}, ...rows.map(line)),
  );
}

/** What the check comes to, in one sentence. */
export function checkSentence(rows: readonly CheckRow[], { trans }: PanelContext): string {
  const named = (verdict: Check["verdict"]): string =>
    rows
      .filter((row) => row.verdict === verdict)
      .map(({ label }) => label)
      .join(", ");
  const worst = Math.max(0, ...rows.map(({ automatic, difference }) => Math.max(automatic, difference)));
  if (rows.length > 0 && rows.every(({ verdict }) => verdict === "ok"))
    return trans.__("All %1 gradients agree; the largest relative error is %2.", rows.length, errorText(worst));
  return [
    named("bad") && trans.__("Wrong: %1.", named("bad")),
    named("look") && trans.__("Worth a look: %1.", named("look")),
    named("kink") && trans.__("At a kink: %1.", named("kink")),
    named("ok") && trans.__("In agreement: %1.", named("ok")),
  ]
    .filter(Boolean)
    .join(" ");
}
