/**
 * The bar of tabs and the page in front. A tab is made when it is first shown and told of every state while it is in
 * front; one that comes back is told of the state it missed.
 */
import type { PanelState } from "../trace/state.js";
import { el, setAttributes } from "../view/dom.js";
import { addRoving } from "../view/roving.js";
import type { PanelContext, Part } from "./context.js";
import type { Tab, TabEntry } from "./tabs/tab.js";

interface Page {
  readonly entry: TabEntry;
  readonly button: HTMLButtonElement;
  readonly node: HTMLElement;
  tab?: Tab;
  /** The state that the tab was last told of. */
  seen?: PanelState;
}

export interface TabBar extends Part {
  /** The page in front. */
  readonly front: () => HTMLElement;
  dispose(): void;
}

export function tabBar(entries: readonly TabEntry[], context: PanelContext): TabBar {
  const pages = entries.map((entry) => pageOf(entry, context));
  const node = el(
    "div",
    { class: "jp-nabla-Tabs" },
    el(
      "div",
      { class: "jp-nabla-TabBar", attrs: { role: "tablist", "aria-label": context.trans.__("Views") } },
      ...pages.map(({ button }) => button),
    ),
    ...pages.map((page) => page.node),
  );
  addRoving(node.firstElementChild as HTMLElement, "[role=tab]", { ends: true, onMove: (tab) => tab.click() });
  const inFront = (state: PanelState): Page => pages.find(({ entry }) => entry.id === state.tab) ?? pages[0]!;

  return {
    node,
    front: () => inFront(context.state()).node,
    update(state) {
      const front = inFront(state);
      for (const page of pages) {
        setAttributes(page.button, { "aria-selected": page === front, tabindex: page === front ? 0 : -1 });
        page.node.hidden = page !== front;
      }
      if (!front.tab) {
        front.tab = front.entry.create(context);
        front.node.append(front.tab.node);
      }
      const before = front.seen;
      front.seen = state;
      if (state !== before) front.tab.update(state, before);
    },
    dispose() {
      for (const { tab } of pages) tab?.dispose();
    },
  };
}

function pageOf(entry: TabEntry, { trans, dispatch }: PanelContext): Page {
  const button = el(
    "button",
    {
      class: "jp-nabla-TabBar-tab",
      attrs: {
        type: "button",
        role: "tab",
        id: `jp-nabla-tab-${entry.id}`,
        "aria-controls": `jp-nabla-page-${entry.id}`,
        "data-tab": entry.id,
      },
      on: { click: () => dispatch({ type: "tab", id: entry.id }) },
    },
    entry.title(trans),
  );
  const node = el("div", {
    class: "jp-nabla-Page",
    attrs: { role: "tabpanel", id: `jp-nabla-page-${entry.id}`, "aria-labelledby": button.id, hidden: true },
  });
  return { entry, button, node };
}
