/** A box whose content is drawn for its width, again whenever the width changes. */
import { el } from "./dom.js";

export interface Responsive {
  readonly node: HTMLElement;
  /** What to draw from now on. */
  show(draw: (width: number) => Node): void;
  dispose(): void;
}

/** A box that is not laid out yet is drawn for this width. */
const WIDTH = 320;

export function responsive(name: string): Responsive {
  const node = el("div", { class: name });
  let draw: ((width: number) => Node) | undefined;
  let drawnFor = 0;
  const redraw = (): void => {
    drawnFor = Math.floor(node.clientWidth) || WIDTH;
    if (draw) node.replaceChildren(draw(drawnFor));
  };
  const observer = new ResizeObserver(() => {
    if (node.clientWidth > 0 && Math.floor(node.clientWidth) !== drawnFor) redraw();
  });
  observer.observe(node);
  return {
    node,
    show(next) {
      draw = next;
      redraw();
    },
    dispose: () => observer.disconnect(),
  };
}
