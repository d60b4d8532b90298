/** The tab that checks every gradient: by formula, by reverse AD, by central differences; with faults put in for a class. */
import type { GradientCheck, TraceDocument } from "nabla";
import { checkOf, type Fault, faults } from "../../trace/engine.js";
import type { PanelState } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import { selectField } from "../../view/field.js";
import { responsive } from "../../view/responsive.js";
import { verdictLine } from "../check.js";
import { curveView } from "../checking/curve.js";
import { type EntriesView, entriesView } from "../checking/entries.js";
import { type CheckRow, checkSentence, checkTable } from "../checking/rows.js";
import type { PanelContext } from "../context.js";
import type { Tab, TabEntry } from "./tab.js";

export const checkTab: TabEntry = { id: "check", title: (trans) => trans.__("Check"), create };

interface Shown {
  readonly rows: readonly CheckRow[];
  /** Absent when the trace is of a network that cannot be computed here. */
  readonly check?: GradientCheck;
}

function create(context: PanelContext): Tab {
  const { trans } = context;
  let fault: Fault | undefined;
  let shown: Shown = { rows: [] };
  let open: string | undefined;
  let turn = 0;
  const menu = el("div", {});
  const faultWords = el("p", { class: "jp-nabla-Check-fault" });
  const sentence = el("p", { class: "jp-nabla-Check-sentence" });
  const table = el("div", { class: "jp-nabla-Scroll" });
  const remarks = el("ul", { class: "jp-nabla-Checks", attrs: { "aria-label": trans.__("Remarks") } });
  const entries = el("div", {});
  const curve = responsive("jp-nabla-Check-curve");
  const curveWords = el("p", { class: "jp-nabla-Check-words" });
  const node = el(
    "div",
    {
      class: "jp-nabla-Scroller jp-nabla-Check",
      attrs: {
        "data-tab": "check",
        tabindex: 0,
        role: "region",
        "aria-label": trans.__("Gradient check"),
        "data-nabla-home": true,
      },
    },
    menu,
    faultWords,
    sentence,
    table,
    remarks,
    entries,
    curve.node,
    curveWords,
  );

  async function run(say: boolean): Promise<void> {
    const mine = ++turn;
    const { document } = context.state();
    if (!document) return;
    try {
      const check = await checkOf(document, fault?.name);
      if (mine !== turn) return;
      shown = check ? { rows: check.parameters, check } : { rows: tracedRows(document) };
    } catch (error) {
      if (mine !== turn) return;
      shown = { rows: [] };
      sentence.textContent = error instanceof Error ? error.message : String(error);
    }
    draw(say);
  }

  function draw(say: boolean): void {
    const { rows, check } = shown;
    const [first] = rows;
    menu.hidden = !check;
    faultWords.textContent = fault?.sentence ?? "";
    faultWords.hidden = !fault;
    if (first) sentence.textContent = checkSentence(rows, context);
    const row = rows.find(({ label }) => label === open) ?? rows.find(({ verdict }) => verdict !== "ok") ?? first;
    table.replaceChildren(...(first ? [checkTable(rows, row, context, choose)] : []));
    remarks.replaceChildren(...rows.filter(hasRemark).map((remarked) => verdictLine(remarked, context)));
    drawRow(row);
    if (say) context.say(sentence.textContent ?? "");
  }

  function choose(row: CheckRow): void {
    open = row.label;
    draw(false);
    node.querySelector<HTMLElement>(`[data-gradient="${CSS.escape(row.label)}"] button`)?.focus();
  }

  function drawRow(row: CheckRow | undefined): void {
    const { check } = shown;
    let view: EntriesView | undefined;
    const drawCurve = (entry?: number): void => {
      const variable = row && check?.parameters.find(({ label }) => label === row.label)?.variable;
      curve.node.hidden = !variable || !Number.isFinite(row.automatic);
      curveWords.textContent = "";
      if (curve.node.hidden || !variable || !check) return;
      const name = entry === undefined ? row.label : trans.__("this entry");
      const { draw: drawn, sentence: words } = curveView(
        check.curve(variable, entry),
        check.step,
        { name, kink: row.verdict === "kink" },
        context,
      );
      curve.show(drawn);
      curveWords.textContent = words;
    };
    view =
      row &&
      entriesView(row, context.state().layout, context, (entry) => {
        view?.read(entry);
        drawCurve(entry);
      });
    entries.replaceChildren(...(view ? [view.node] : []));
    drawCurve();
  }

  void faults().then((all) => {
    const options = [undefined, ...all].map((value) => ({ value, words: value?.title ?? trans.__("none") }));
    const choice = selectField(trans.__("Fault put into the backward pass"), options, (chosen) => {
      fault = chosen;
      void run(true);
    });
    menu.replaceChildren(choice.node);
  });

  return {
    node,
    update(state: PanelState, before?: PanelState) {
      if (state.document !== before?.document) void run(false);
      else if (state.layout !== before?.layout) draw(false);
    },
    dispose: () => curve.dispose(),
  };
}

/** What the table does not say: why a gradient has a kink, or no number. */
const hasRemark = ({ verdict, automatic }: CheckRow): boolean =>
  verdict === "kink" || verdict === "look" || !Number.isFinite(automatic);

/** The checks that a trace brings along, of any network. */
function tracedRows({ steps, tensors }: TraceDocument): CheckRow[] {
  return steps
    .flatMap(({ checks }) => checks)
    .map(({ values, ...check }) => {
      const { label, latex, shape, data } = tensors[check.tensor]!;
      return { ...check, label, latex, shape, ...(values ? { values: { symbolic: data, ...values } } : {}) };
    });
}
