/**
 * Keeps one notebook's kernel and the panel in touch: opens the comm `nabla.trace` on the notebook's own connection,
 * keeps the last trace when the kernel goes, and opens again when it is back.
 *
 * Trying again hangs on two events only, a restart that has ended and a cell that has run. It never hangs on the
 * kernel becoming idle: our own comm_open makes it busy and idle, which would go on for ever. A kernel that does not
 * know the target closes the comm at once; that means "no network yet". `#turn` rises with every new connection, and
 * what arrives for an earlier turn is dropped.
 */
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { JSONObject } from "@lumino/coreutils";
import { Signal } from "@lumino/signaling";
import { TRACE_TARGET, type TraceDocument, type TraceEntry } from "nabla";
import { type TraceChange, TraceLink } from "./link.js";
import { savedTrace } from "./saved.js";

export interface NotebookTrace {
  readonly document?: TraceDocument;
  readonly status: "live" | "stale";
  readonly problem?: string;
  /** The document that a change of this panel has made. */
  readonly own?: boolean;
}

export class NotebookLink {
  #turn = 0;
  #comm: Kernel.IComm | undefined;
  #link: TraceLink | undefined;
  #kernel: Kernel.IKernelConnection | undefined;
  #trace: NotebookTrace = { status: "stale" };
  #connected = false;
  readonly changed = new Signal<this, NotebookTrace>(this);

  constructor(
    readonly panel: NotebookPanel,
    private readonly trans: TranslationBundle,
  ) {
    const { sessionContext } = panel;
    sessionContext.kernelChanged.connect(this.#onKernel, this);
    sessionContext.statusChanged.connect(this.#onStatus, this);
    panel.disposed.connect(this.dispose, this);
    void panel.context.ready.then(() => this.#readSaved());
    this.#onKernel();
  }

  get trace(): NotebookTrace {
    return this.#trace;
  }

  /** Number of the cell and so on come with the document; the notebook's name is the front end's to know. */
  get name(): string {
    return this.panel.context.path.split("/").at(-1) ?? "";
  }

  /** The traces of the kernel; empty while none answers. */
  get entries(): readonly TraceEntry[] {
    return this.#link?.entries ?? [];
  }

  /** Shows another trace of the kernel. */
  watch(id: string): void {
    this.#link?.watch(id);
  }

  /** Asks the kernel to change the trace that is shown; undefined, or one sentence why it was not done. */
  change(change: TraceChange): Promise<string | undefined> {
    return this.#link?.change(change) ?? Promise.resolve(this.trans.__("No kernel answers."));
  }

  get #gone(): string {
    return this.trans.__("The kernel has gone; the change was not made.");
  }

  /** Starts to talk, and goes on doing so through restarts. */
  connect(): void {
    this.#connected = true;
    this.#open();
  }

  /** A cell has run: a kernel that knew nothing may know now. */
  cellExecuted(): void {
    if (this.#connected && !this.#comm) this.#open();
    if (this.#trace.status !== "live") this.#readSaved();
  }

  dispose(): void {
    Signal.clearData(this);
    this.#release();
    this.#turn++;
  }

  #onKernel(): void {
    this.#release();
    this.#kernel = this.panel.sessionContext.session?.kernel ?? undefined;
    this.#kernel?.registerCommTarget(TRACE_TARGET, this.#kernelOpens);
    this.#lost();
    if (this.#connected) this.#open();
  }

  #onStatus(_: unknown, status: Kernel.Status): void {
    if (status === "restarting" || status === "autorestarting" || status === "dead" || status === "terminating")
      this.#lost();
    else if (status === "idle" && this.#connected && this.#awaitsKernel) this.#open();
  }

  /** True between the loss of a kernel and the first comm to the next: the only time an idle kernel is spoken to. */
  #awaitsKernel = false;

  #lost(): void {
    this.#turn++;
    this.#link?.end(this.#gone);
    this.#link = undefined;
    this.#comm = undefined;
    this.#awaitsKernel = true;
    if (this.#trace.status === "live") this.#set({ ...this.#trace, status: "stale" });
  }

  #release(): void {
    this.#kernel?.removeCommTarget(TRACE_TARGET, this.#kernelOpens);
    if (this.#comm && !this.#comm.isDisposed) this.#comm.close();
    this.#comm = undefined;
    this.#kernel = undefined;
  }

  #open(): void {
    const kernel = this.#kernel;
    if (!kernel || kernel.isDisposed || this.#comm || !kernel.handleComms) return;
    if (kernel.connectionStatus !== "connected" || !["idle", "busy"].includes(kernel.status)) return;
    this.#awaitsKernel = false;
    const comm = kernel.createComm(TRACE_TARGET);
    const link = this.#attach(comm);
    comm.open({});
    link.hello();
  }

  readonly #kernelOpens = (comm: Kernel.IComm, message: KernelMessage.ICommOpenMsg): void => {
    const earlier = this.#comm;
    this.#awaitsKernel = false;
    const link = this.#attach(comm);
    if (earlier && !earlier.isDisposed) earlier.close();
    link.receive(message.content.data, message.buffers);
    link.hello();
  };

  #attach(comm: Kernel.IComm): TraceLink {
    const turn = ++this.#turn;
    this.#comm = comm;
    const now = (): boolean => turn === this.#turn && !this.panel.isDisposed;
    const link = new TraceLink((message) => void comm.send(message as unknown as JSONObject), {
      live: (document, own) => this.#set({ document, status: "live", own }),
      listed: () => this.changed.emit(this.#trace),
      stale: () => this.#set({ ...this.#trace, status: "stale" }),
      problem: (problem) => this.#set({ ...this.#trace, problem }),
    });
    this.#link?.end(this.#gone);
    this.#link = link;
    comm.onMsg = (message) => {
      if (now()) link.receive(message.content.data, message.buffers);
    };
    comm.onClose = () => {
      if (!now()) return;
      this.#comm = undefined;
      link.end(this.#gone);
    };
    return link;
  }

  /** While no kernel answers, the trace in the notebook's outputs is the last known one. */
  #readSaved(): void {
    if (this.panel.isDisposed || this.#trace.status === "live") return;
    const document = savedTrace(this.panel);
    if (!document || JSON.stringify(document) === JSON.stringify(this.#trace.document)) return;
    this.#set({ document, status: "stale" });
  }

  #set(trace: NotebookTrace): void {
    this.#trace = trace;
    this.changed.emit(trace);
  }
}
