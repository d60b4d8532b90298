/** The plane of two inputs in colours, with the boundary as a line and every sample by the number of its class. */
import { cellColour, hex } from "nabla/display";
import { boundary, type Plane } from "../../train/plane.js";
import { svg } from "../../view/dom.js";
import type { PanelContext } from "../context.js";

/** Light tints for more than two classes; two are purple and orange as everywhere. */
const TINTS = ["#cfe8fc", "#fde3c0", "#d3f0d8", "#f3d3ea", "#fff6bf", "#e2ddf6", "#f7d4d0", "#d5efee"] as const;
const LARGEST = 320; // pixels
const MARGIN = 36; // pixels, for the numbers of the axes

export const planeSentence = ({ samples }: Plane, { trans }: Pick<PanelContext, "trans">): string => {
  const right = samples.filter(({ wanted, answered }) => wanted === answered).length;
  return trans.__("%1 of %2 samples on the right side.", right, samples.length);
};

export function planeView(plane: Plane, width: number, label: string): SVGElement {
  const { size, from, to, samples } = plane;
  const side = Math.min(width - MARGIN, LARGEST);
  const cell = side / size;
  const at = (x: number, y: number): [number, number] => [
    MARGIN + ((x - from[0]) / (to[0] - from[0])) * side,
    side - ((y - from[1]) / (to[1] - from[1])) * side,
  ];
  const line = boundary(plane)
    .map(([x1, y1, x2, y2]) => `M${MARGIN + x1 * cell} ${y1 * cell}L${MARGIN + x2 * cell} ${y2 * cell}`)
    .join("");
  return svg(
    "svg",
    {
      class: "jp-nabla-Chart jp-nabla-Plane",
      role: "img",
      "aria-label": label,
      width: side + MARGIN,
      height: side + 20,
    },
    ...rectangles(plane, cell),
    svg("path", { class: "jp-nabla-Plane-boundary", d: line }),
    ...samples.map(({ x, y, wanted, answered }) => {
      const [cx, cy] = at(x, y);
      return svg(
        "g",
        { class: wanted === answered ? "jp-nabla-Plane-sample" : "jp-nabla-Plane-sample jp-mod-wrong" },
        svg("circle", { cx, cy, r: 9 }),
        svg("text", { x: cx, y: cy + 4, "text-anchor": "middle" }, String(wanted + 1)),
      );
    }),
    svg("text", { x: MARGIN, y: side + 14 }, tick(from[0])),
    svg("text", { x: MARGIN + side / 2, y: side + 14, "text-anchor": "middle" }, "x₁"),
    svg("text", { x: MARGIN + side, y: side + 14, "text-anchor": "end" }, tick(to[0])),
    svg("text", { x: MARGIN - 4, y: side, "text-anchor": "end" }, tick(from[1])),
    svg("text", { x: MARGIN - 4, y: side / 2, "text-anchor": "end" }, "x₂"),
    svg("text", { x: MARGIN - 4, y: 10, "text-anchor": "end" }, tick(to[1])),
  );
}

const tick = (value: number): string => value.toPrecision(2).replace("-", "−");

/** Cells of one colour in a row are one rectangle. */
function rectangles(plane: Plane, cell: number): SVGElement[] {
  const { size } = plane;
  const made: SVGElement[] = [];
  for (let r = 0; r < size; r++) {
    let start = 0;
    for (let c = 1; c <= size; c++) {
      const fill = colour(plane, r * size + start);
      if (c < size && colour(plane, r * size + c) === fill) continue;
      const x = MARGIN + start * cell;
      made.push(
        svg("rect", {
          x,
          y: r * cell,
          width: (c - start) * cell + 0.5,
          height: cell + 0.5,
          fill,
          "shape-rendering": "crispEdges",
        }),
      );
      start = c;
    }
  }
  return made;
}

/** In a dozen shades, light at the boundary. */
function colour({ classes, margins, classCount }: Plane, i: number): string {
  const kind = classes[i]!;
  if (classCount > 2) return TINTS[kind % TINTS.length]!;
  const share = 0.06 + 0.4 * (Math.round(12 * margins[i]!) / 12);
  return hex(cellColour(kind === 0 ? -share : share, 1));
}
