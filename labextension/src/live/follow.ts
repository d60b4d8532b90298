/**
 * The panel follows the notebook in front: its link's trace goes into the store, and the engine's own demo network
 * when the notebook has none. There is one link per notebook; it goes when the notebook is closed.
 *
 * What the user opens or changes in the panel itself, and a trace chosen from the list, stays in front until a cell
 * that has run brings something new; a choice also ends when another notebook comes to the front.
 */
import { type INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { TraceDocument } from "nabla";
import type { Holder } from "../setup/editor.js";
import type { History } from "../setup/history.js";
import { traceOf } from "../trace/engine.js";
import type { Source } from "../trace/state.js";
import type { Change, TraceStore } from "../trace/store.js";
import { NotebookLink } from "./notebook.js";

const OWN = "own";

export class NotebookFollower {
  readonly #links = new Map<NotebookPanel, NotebookLink>();
  #started = false;
  #demoTurn = 0;
  /** What the store was last given, to tell a change of status from a change of document. */
  #given: TraceDocument | undefined;
  /** The same as it was shown; while the store has another, the panel shows a copy of its own. */
  #shown: TraceDocument | undefined;
  /** The panel's own network, to come back to. */
  #own: { readonly document: TraceDocument; readonly history: History } | undefined;
  /** What stays in front although another notebook is. */
  #kept: typeof OWN | NotebookLink | undefined;
  /** True once a cell has been started since something was kept. */
  #ran = false;

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly store: TraceStore,
    private readonly trans: TranslationBundle,
  ) {
    tracker.forEach((panel) => {
      this.#add(panel);
    });
    tracker.widgetAdded.connect((_, panel) => this.#add(panel));
    tracker.currentChanged.connect(() => {
      if (this.#kept !== OWN) this.#kept = undefined;
      this.#show();
    });
    NotebookActions.executionScheduled.connect(() => {
      this.#ran = true;
    });
    NotebookActions.executed.connect((_, { notebook }) => {
      for (const [panel, link] of this.#links) if (panel.content === notebook) link.cellExecuted();
    });
    store.changed.connect(this.#remember, this);
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

  /** Shows one of the sources that the state lists. */
  choose(key: string): void {
    this.#ran = false;
    if (key === OWN) {
      this.#kept = OWN;
      return this.#show();
    }
    for (const link of this.#links.values()) {
      const entry = link.entries.find(({ id }) => keyOf(link, id) === key);
      if (!entry) continue;
      this.#kept = link;
      link.watch(entry.id);
      return this.#show();
    }
  }

  /** The kernel that holds what is shown, to be asked for a change; undefined where the panel computes by itself. */
  get holder(): Holder | undefined {
    const link = this.#front;
    const { status, document } = this.store.state;
    return status === "live" && document === this.#shown && this.#given === link?.trace.document ? link : undefined;
  }

  /** How many notebooks are followed; a closed one no longer counts. */
  get size(): number {
    return this.#links.size;
  }

  get #front(): NotebookLink | undefined {
    if (this.#kept === OWN) return undefined;
    const panel = this.tracker.currentWidget;
    return this.#kept ?? (panel ? this.#links.get(panel) : undefined);
  }

  #add(panel: NotebookPanel): void {
    if (this.#links.has(panel)) return;
    const link = new NotebookLink(panel, this.trans);
    this.#links.set(panel, link);
    let known = link.trace.document;
    link.changed.connect(() => {
      const news = link.trace.document !== known;
      known = link.trace.document;
      if (news && this.#ran && this.#kept !== link && this.tracker.currentWidget === panel) this.#kept = undefined;
      if (this.#front === link) this.#show();
      else this.#list();
    });
    panel.disposed.connect(() => {
      this.#links.delete(panel);
      if (this.#kept === link) this.#kept = undefined;
      this.#show();
    });
    if (this.#started) link.connect();
    if (this.tracker.currentWidget === panel) this.#show();
  }

  #remember(_: TraceStore, { after, action }: Change): void {
    if (action.type !== "show" && action.type !== "history") return;
    if (after.document === this.#shown && this.#kept === OWN) {
      this.#kept = undefined;
      this.#list();
    }
    if (after.status !== "stand-alone" || !after.document) return;
    const known = after.document === this.#own?.document;
    this.#own = { document: after.document, history: after.history };
    // The demo network is shown for want of another; what the user made stays in front of the notebook's.
    if (known || action.type !== "show" || action.history === undefined) return;
    if (this.#kept !== OWN) this.#ran = false;
    this.#kept = OWN;
    this.#list();
  }

  #show(): void {
    if (!this.#started) return;
    const link = this.#front;
    const { document, status, problem, own } = link?.trace ?? { status: "stale" as const };
    if (!link || !document) void this.#showOwn(link, problem);
    else {
      this.#demoTurn++;
      if (this.#given === document && this.store.state.document === this.#shown)
        this.store.dispatch({ type: "status", status, notice: problem ?? "" });
      else this.#showTrace(document, status, { link, problem, own });
    }
    this.#list();
  }

  #showTrace(
    document: TraceDocument,
    status: "live" | "stale",
    { link, problem = "", own }: { link: NotebookLink; problem?: string | undefined; own?: boolean | undefined },
  ): void {
    const source = document.source?.notebook ? document.source : { ...document.source, notebook: link.name };
    this.#given = document;
    this.#shown = { ...document, source };
    const history = own ? this.store.state.history : undefined;
    this.store.dispatch({ type: "show", document: this.#shown, status, notice: problem, ...(history && { history }) });
  }

  async #showOwn(link: NotebookLink | undefined, problem: string | undefined): Promise<void> {
    const turn = ++this.#demoTurn;
    this.#given = undefined;
    const notice =
      problem ?? (link ? this.trans.__("No network yet in %1: the demo network is shown.", link.name) : "");
    const { status, document: shown } = this.store.state;
    if (status === "stand-alone" && shown) return this.store.dispatch({ type: "notice", notice });
    if (this.#own) return this.store.dispatch({ type: "show", status: "stand-alone", notice, ...this.#own });
    try {
      const document = await traceOf();
      if (turn === this.#demoTurn) this.store.dispatch({ type: "show", document, status: "stand-alone", notice });
    } catch (error) {
      if (turn === this.#demoTurn) this.store.dispatch({ type: "notice", notice: String(error) });
    }
  }

  /** What there is to choose from: every trace of every kernel, and the panel's own network. */
  #list(): void {
    const links = [...this.#links.values()];
    const traces = links.flatMap((link) =>
      link.entries.map(({ id }): Source => ({ key: keyOf(link, id), label: `${id} · ${link.name}` })),
    );
    const sources = [...traces, { key: OWN, label: this.trans.__("in the panel") }];
    const front = this.#front;
    const chosen = front?.trace.document ? keyOf(front, front.trace.document.id) : OWN;
    this.store.dispatch({ type: "sources", sources, chosen });
  }
}

const keyOf = (link: NotebookLink, id: string): string => `${link.panel.id} ${id}`;
