/**
 * The panel follows the notebook in front: its link's trace goes into the store, and the engine's own demo network
 * when the notebook has none. There is one link per notebook; it goes when the notebook is closed.
 */
import { type INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { TraceDocument } from "nabla";
import { traceOf } from "../trace/engine.js";
import type { TraceStore } from "../trace/store.js";
import { NotebookLink } from "./notebook.js";

export class NotebookFollower {
  readonly #links = new Map<NotebookPanel, NotebookLink>();
  #started = false;
  #demoTurn = 0;
  /** What the store was last given, to tell a change of status from a change of document. */
  #given: TraceDocument | undefined;
  /** The same as it was shown; while the store has another, the panel shows a copy of its own. */
  #shown: TraceDocument | undefined;

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly store: TraceStore,
    private readonly trans: TranslationBundle,
  ) {
    tracker.forEach((panel) => {
      this.#add(panel);
    });
    tracker.widgetAdded.connect((_, panel) => this.#add(panel));
    tracker.currentChanged.connect(() => this.#show());
    NotebookActions.executed.connect((_, { notebook }) => {
      for (const [panel, link] of this.#links) if (panel.content === notebook) link.cellExecuted();
    });
  }

  /** The panel is seen for the first time. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const link of this.#links.values()) link.connect();
    this.#show();
  }

  /** Shows a document that the user has picked, until the notebook has something newer to say. */
  pick(document: TraceDocument, notice: string): void {
    this.start();
    this.#demoTurn++;
    const held = this.store.state.document;
    if (this.store.state.status === "live" && held?.id === document.id && held.revision >= document.revision) return;
    this.#given = undefined;
    this.store.dispatch({ type: "show", document, status: "stale", notice });
  }

  /** The kernel that holds what is shown, to be asked for a change; undefined where the panel computes by itself. */
  get holder(): Pick<NotebookLink, "change"> | undefined {
    const panel = this.tracker.currentWidget;
    const link = panel ? this.#links.get(panel) : undefined;
    return this.store.state.status === "live" && this.#given === link?.trace.document ? link : undefined;
  }

  /** How many notebooks are followed; a closed one no longer counts. */
  get size(): number {
    return this.#links.size;
  }

  #add(panel: NotebookPanel): void {
    if (this.#links.has(panel)) return;
    const link = new NotebookLink(panel, this.trans);
    this.#links.set(panel, link);
    link.changed.connect(() => {
      if (this.tracker.currentWidget === panel) this.#show();
    });
    panel.disposed.connect(() => {
      this.#links.delete(panel);
      this.#show();
    });
    if (this.#started) link.connect();
  }

  #show(): void {
    if (!this.#started) return;
    const panel = this.tracker.currentWidget;
    const link = panel ? this.#links.get(panel) : undefined;
    const { document, status, problem, own } = link?.trace ?? { status: "stale" as const };
    if (!link || !document) return void this.#showDemo(link, problem);
    this.#demoTurn++;
    if (this.#given === document && this.store.state.document === this.#shown)
      return this.store.dispatch({ type: "status", status, notice: problem ?? "" });
    const source = document.source?.notebook ? document.source : { ...document.source, notebook: link.name };
    this.#given = document;
    this.#shown = { ...document, source };
    const history = own ? this.store.state.history : undefined;
    this.store.dispatch({
      type: "show",
      document: this.#shown,
      status,
      notice: problem ?? "",
      ...(history && { history }),
    });
  }

  async #showDemo(link: NotebookLink | undefined, problem: string | undefined): Promise<void> {
    const turn = ++this.#demoTurn;
    this.#given = undefined;
    const notice =
      problem ?? (link ? this.trans.__("No network yet in %1: the demo network is shown.", link.name) : "");
    if (this.store.state.status === "stand-alone" && this.store.state.document)
      return this.store.dispatch({ type: "notice", notice });
    try {
      const document = await traceOf();
      if (turn === this.#demoTurn) this.store.dispatch({ type: "show", document, status: "stand-alone", notice });
    } catch (error) {
      if (turn === this.#demoTurn) this.store.dispatch({ type: "notice", notice: String(error) });
    }
  }
}
