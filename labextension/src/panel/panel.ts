/**
 * The panel: header, tabs, keys help and one polite live region. What it shows is drawn when it is first
 * seen; until then it costs a node. `jp-mod-stepKeys` is on the panel while its keys may step, so that the shortcuts
 * (schema/panel.json) leave the arrows to matrices, sliders and menus; `jp-mod-letterKeys` likewise, outside of texts.
 */
import type { Message } from "@lumino/messaging";
import { type ISignal, Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import type { Change, TraceStore } from "../trace/store.js";
import { Studies } from "../trace/studies.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import { headerPart } from "./header.js";
import { helpView } from "./help.js";
import { project } from "./projector.js";
import { stepSentence } from "./speak.js";
import { type TabBar, tabBar } from "./tabBar.js";
import { checkTab } from "./tabs/check.js";
import { setupTab } from "./tabs/setup.js";
import type { TabEntry } from "./tabs/tab.js";
import { traceTab } from "./tabs/trace.js";
import { trainTab } from "./tabs/train.js";

export const PANEL_ID = "nabla-trace-panel";

const TABS: readonly TabEntry[] = [traceTab, checkTab, trainTab, setupTab];
/** In these every letter is text. */
const TEXT = "input:not([type=checkbox], [type=range]), select, textarea";
/** In these the arrow keys and Space belong to the element. */
const OWN_KEYS = "[role=grid], [role=toolbar], [role=tablist], input, select, textarea, button, summary";

export class TracePanel extends Widget {
  readonly #live = el("div", { class: "jp-nabla-Live", attrs: { "aria-live": "polite", role: "status" } });
  /** What fills the window in front of a class; the widget's own node is laid out by the side bar. */
  readonly #frame = el("div", { class: "jp-nabla-Frame" });
  readonly #firstSeen = new Signal<this, void>(this);
  /** What the parts of the panel are made with; a view of the same trace elsewhere shares it. */
  readonly context: PanelContext;
  readonly #help: HTMLElement;
  #tabs: TabBar | undefined;
  #header: ReturnType<typeof headerPart> | undefined;

  constructor(
    private readonly store: TraceStore,
    { trans, ...tools }: Pick<PanelContext, "trans" | "typeset" | "editor" | "openLarge" | "choose" | "address">,
  ) {
    super();
    this.id = PANEL_ID;
    this.addClass("jp-nabla-Panel");
    this.title.caption = trans.__("Backprop trace");
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", trans.__("Backprop trace"));
    this.context = {
      ...tools,
      trans,
      dispatch: store.dispatch,
      state: () => store.state,
      studies: new Studies(),
      say: (sentence) => {
        this.#live.textContent = sentence;
      },
    };
    this.#help = helpView(this.context);
    this.node.addEventListener("focusin", (event) => this.#ownKeys(event.target));
    this.node.addEventListener("focusout", () => {
      this.removeClass("jp-mod-stepKeys");
      this.removeClass("jp-mod-letterKeys");
    });
    this.node.addEventListener("keydown", (event) => this.#helpKey(event));
    this.node.addEventListener("click", (event) => this.#giveBackFocus(event));
  }

  /** Emitted once, when there is somebody to show something to. */
  get firstSeen(): ISignal<this, void> {
    return this.#firstSeen;
  }

  override dispose(): void {
    this.#tabs?.dispose();
    this.store.changed.disconnect(this.#onChange, this);
    super.dispose();
  }

  protected override onBeforeShow(_: Message): void {
    this.#build();
  }

  protected override onAfterAttach(_: Message): void {
    if (this.isVisible) this.#build();
  }

  protected override onActivateRequest(_: Message): void {
    this.#build();
    // The side area is laid out in the frame after this message; what is not laid out cannot take the focus.
    requestAnimationFrame(() => this.#home?.focus());
  }

  get #home(): HTMLElement | null {
    return this.#tabs?.front().querySelector<HTMLElement>("[data-nabla-home]") ?? null;
  }

  #build(): void {
    if (this.#header) return;
    this.#header = headerPart(this.context);
    this.#tabs = tabBar(TABS, this.context);
    const body = el("div", { class: "jp-nabla-Body" }, this.#header.node, this.#tabs.node);
    this.#frame.append(body, this.#help, this.#live);
    this.node.replaceChildren(this.#frame);
    this.#header.update(this.store.state);
    this.#tabs.update(this.store.state);
    this.store.changed.connect(this.#onChange, this);
    this.#firstSeen.emit();
  }

  #onChange(_: TraceStore, { before, after, action }: Change): void {
    this.#header?.update(after, before);
    this.#tabs?.update(after, before);
    const byUser = action.type === "go" || action.type === "step" || action.type === "layout";
    if (byUser) this.context.say(stepSentence(after, this.context.trans));
    if (before.projector !== after.projector) this.#project(after.projector);
  }

  #project(on: boolean): void {
    project(this.#frame, on);
    this.context.say(on ? this.context.trans.__("Projector. Esc leaves.") : this.context.trans.__("Projector off."));
    this.#home?.focus({ preventScroll: true });
  }

  #ownKeys(target: EventTarget | null): void {
    const taken = target instanceof Element && target.closest(OWN_KEYS) !== null;
    this.toggleClass("jp-mod-letterKeys", target instanceof Element && !target.matches(TEXT));
    this.toggleClass("jp-mod-stepKeys", !taken && this.store.state.tab === "trace");
  }

  /** "?" is asked for by what it writes: the key that writes it differs from keyboard to keyboard. */
  #helpKey(event: KeyboardEvent): void {
    const closes = event.key === "Escape" && !this.#help.hidden;
    if (event.key === "Escape" && !closes && this.store.state.projector) this.store.dispatch({ type: "projector" });
    const asks = event.key === "?" && this.hasClass("jp-mod-letterKeys");
    if (!asks && !closes) return;
    this.#help.hidden = !this.#help.hidden;
    event.preventDefault();
    event.stopPropagation();
  }

  /** After a click with the mouse on a button the arrows step again; a key press leaves the focus where it is. */
  #giveBackFocus(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button && event.detail > 0) this.#home?.focus({ preventScroll: true });
  }
}
