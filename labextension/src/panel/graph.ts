/** The chain x–h–a–z–p–L as SVG: shapes under the nodes, gradients below, done, now and next told by mark and word. */
import { type GraphNode, graphNodes, type Progress } from "../trace/graph.js";
import type { PanelState } from "../trace/state.js";
import { el, svg } from "../view/dom.js";
import { NOT_YET } from "../view/grid.js";
import type { PanelContext, Part } from "./context.js";

/* Units of the drawing; at 320 px of panel one unit is about one pixel. */
const GAP = 51;
const RADIUS = 13;
const HEIGHT = 84;
const MIDDLE = 32;

export function graphPart({ trans }: PanelContext): Part {
  const node = el("div", { class: "jp-nabla-Graph" });

  const draw = (nodes: readonly GraphNode[], numerator: boolean): SVGElement => {
    const width = GAP * nodes.length;
    const words: Record<Progress, string> = { done: trans.__("done"), now: trans.__("now"), next: trans.__("not yet") };
    const spoken = nodes.map(({ label, value, gradient }) =>
      gradient
        ? trans.__("%1 %2, its gradient %3", label, words[value], words[gradient])
        : trans.__("%1 %2", label, words[value]),
    );
    const shape = (rows: number, cols: number): string => `${rows}×${cols}`;
    const item = (one: GraphNode, i: number): SVGElement => {
      const x = GAP * (i + 0.5);
      const [rows, cols] = one.shape;
      const gradient =
        one.gradient && one.gradient !== "next" ? (numerator ? shape(cols, rows) : shape(rows, cols)) : NOT_YET;
      return svg(
        "g",
        { "data-node": one.name, "data-state": one.value, "data-gradient": one.gradient },
        i > 0
          ? svg("path", { class: "jp-nabla-Edge", d: `M${x - GAP + RADIUS} ${MIDDLE}H${x - RADIUS - 4}` })
          : undefined,
        i > 0
          ? svg("path", { class: "jp-nabla-Edge-head", d: `M${x - RADIUS - 6} ${MIDDLE - 4}l6 4l-6 4z` })
          : undefined,
        ...one.enters.map((enter, k) =>
          svg(
            "text",
            {
              class: "jp-nabla-Enter",
              x: x - GAP / 2,
              y: MIDDLE - 6 - 12 * (one.enters.length - 1 - k),
              "data-gradient": enter.gradient,
            },
            enter.label,
          ),
        ),
        svg("circle", { class: "jp-nabla-Node", cx: x, cy: MIDDLE, r: RADIUS }),
        svg("text", { class: "jp-nabla-Node-name", x, y: MIDDLE + 4 }, one.label),
        svg("text", { class: "jp-nabla-Node-shape", x, y: MIDDLE + RADIUS + 13 }, shape(rows, cols)),
        svg("text", { class: "jp-nabla-Node-gradient", x, y: MIDDLE + RADIUS + 28 }, `∂ ${gradient}`),
      );
    };
    return svg(
      "svg",
      { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": trans.__("Network: %1", spoken.join("; ")) },
      ...nodes.map(item),
    );
  };

  return {
    node,
    update({ document, step, layout }: PanelState) {
      node.replaceChildren(...(document ? [draw(graphNodes(document, step), layout === "numerator")] : []));
    },
  };
}
