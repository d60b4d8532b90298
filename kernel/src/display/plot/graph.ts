/** A graph of nodes and edges: a plotly figure whose slider goes through the rows of the table, a picture, words. */
import { BLACK, type Rgb, WHITE } from "../colour.js";
import { canvas, drawText, fillRect, LINE_HEIGHT, toSmallPng, wrap } from "../png/canvas.js";
import { fillPolygon, type Point, strokeLine } from "../png/raster.js";
import { plotlyText } from "../sheet/plotlyAxes.js";
import { AXIS, DARK } from "./frame.js";
import { type Graph, type PlacedGraph, placed } from "./graphLayout.js";
import { baseLayout, headRoom } from "./layout.js";
import { CLEAR, GREY } from "./palette.js";

const SLIDER = 90;
const NARROWEST = 420;
const HIGHLIGHT = "#d55e00";
const GROWN = 5;

export function graphFigure(graph: Graph): object {
  const at = placed(graph);
  const head = headRoom(graph.notes);
  const [width, side] = [Math.max(at.width, NARROWEST), 12];
  const foot = graph.steps.length > 0 ? SLIDER : 12;
  const frame = (id: string) => {
    const { x, y, width: w, height: h } = at.boxes.get(id)!;
    const [l, r, t, b] = [x - GROWN, x + w + GROWN, y - GROWN, y + h + GROWN];
    return { x: [l, r, r, l, l], y: [t, t, b, b, t] };
  };
  const nodes = graph.nodes.map((node) => ({ node, box: at.boxes.get(node.id)! }));
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [
      ...edgeLines(at),
      {
        type: "scatter",
        mode: "text",
        name: "nodes",
        x: nodes.map(({ box }) => box.x + box.width / 2),
        y: nodes.map(({ box }) => box.y + box.height / 2),
        text: nodes.map(({ node }) =>
          node.lines.map((line, n) => (n === 0 ? `<b>${plotlyText(line)}</b>` : plotlyText(line))).join("<br>"),
        ),
        textfont: { size: 12 },
        hoverinfo: "text",
        hovertext: nodes.map(({ node }) => plotlyText(node.lines.join(", "))),
        showlegend: false,
      },
      ...(graph.steps.length > 0
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "this row",
              ...frame(graph.steps.at(-1)!.node),
              line: { color: HIGHLIGHT, width: 4 },
              hoverinfo: "skip",
              showlegend: false,
            },
          ]
        : []),
    ],
    layout: {
      ...baseLayout(graph.title, graph.notes),
      width: Math.round(width) + 2 * side,
      height: Math.round(at.height) + head + foot,
      margin: { t: head, b: foot, l: side, r: side },
      xaxis: { ...hidden, range: [(at.width - width) / 2, (at.width + width) / 2] },
      yaxis: { ...hidden, range: [at.height, 0] },
      showlegend: false,
      shapes: nodes.map(({ box: { x, y, width: w, height: h } }) => ({
        type: "rect",
        layer: "below",
        x0: x,
        x1: x + w,
        y0: y,
        y1: y + h,
        line: { color: GREY, width: 1 },
        fillcolor: "rgba(128,128,128,0.12)",
      })),
      annotations: arrowsOf(at),
      ...(graph.steps.length > 0
        ? {
            sliders: [
              {
                active: graph.steps.length - 1,
                steps: graph.steps.map(({ node, text }) => {
                  const { x, y } = frame(node);
                  return {
                    method: "restyle",
                    label: plotlyText(text),
                    args: [{ x: [x], y: [y] }, [edgeLines(at).length + 1]],
                  };
                }),
                currentvalue: { prefix: "", font: { color: GREY, size: 14 }, xanchor: "left" },
                font: { color: CLEAR, size: 1 },
                ticklen: 0,
                minorticklen: 0,
                bordercolor: GREY,
                bgcolor: "rgba(128,128,128,0.3)",
                pad: { t: 6, b: 4 },
              },
            ],
          }
        : {}),
    },
  };
}

/** All but the last piece of every edge, which its arrow draws. */
function edgeLines({ edges }: PlacedGraph): object[] {
  const points = edges.flatMap(({ points: way }) => (way.length > 2 ? [...way.slice(0, -1), undefined] : []));
  if (points.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "lines",
      name: "edges",
      x: points.map((p) => (p ? p[0] : null)),
      y: points.map((p) => (p ? p[1] : null)),
      line: { color: GREY, width: 1.5 },
      hoverinfo: "skip",
      showlegend: false,
    },
  ];
}

const arrowsOf = ({ edges }: PlacedGraph): object[] =>
  edges.flatMap(({ edge, points }) => {
    const [from, to] = [points.at(-2)!, points.at(-1)!];
    const arrow = {
      x: to[0],
      y: to[1],
      ax: from[0],
      ay: from[1],
      xref: "x",
      yref: "y",
      axref: "x",
      ayref: "y",
      text: "",
      showarrow: true,
      arrowhead: 2,
      arrowsize: 1.2,
      arrowwidth: 1.5,
      arrowcolor: GREY,
    };
    if (edge.label === "") return [arrow];
    const [x, y] = labelPlace(from, to);
    return [
      arrow,
      {
        x,
        y,
        text: plotlyText(edge.label),
        showarrow: false,
        xanchor: "left",
        xshift: 4,
        font: { size: 11, color: GREY },
      },
    ];
  });

/** Nearer to where the edge comes from: several may end at one node. */
const labelPlace = (from: Point, to: Point): Point => [
  from[0] + 0.4 * (to[0] - from[0]),
  from[1] + 0.45 * (to[1] - from[1]),
];

const FILL: Rgb = [242, 242, 242];
const MARGIN = 24;

export function graphPng(graph: Graph): string {
  const at = placed(graph);
  const width = 2 * Math.max(at.width, NARROWEST);
  const words = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(line, width - 2 * MARGIN));
  const [title, notes] = [words([graph.title]), words(graph.notes)];
  const top = MARGIN + title.length * LINE_HEIGHT;
  const picture = canvas(Math.ceil(width), Math.ceil(top + 2 * at.height + notes.length * LINE_HEIGHT + MARGIN), WHITE);
  const shift = (width - 2 * at.width) / 2;
  const place = ([x, y]: Point): Point => [shift + 2 * x, top + 2 * y];
  title.forEach((line, n) => {
    drawText(picture, line, { x: MARGIN, y: MARGIN + (n + 0.5) * LINE_HEIGHT, colour: BLACK });
  });
  for (const { edge, points } of at.edges) {
    const way = points.map(place);
    strokeLine(picture, way, { width: 3, colour: AXIS });
    const [[x0, y0], [x1, y1]] = [way.at(-2)!, way.at(-1)!];
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [u, v] = [(x1 - x0) / length, (y1 - y0) / length];
    fillPolygon(
      picture,
      [
        [x1, y1],
        [x1 - 16 * u - 8 * v, y1 - 16 * v + 8 * u],
        [x1 - 16 * u + 8 * v, y1 - 16 * v - 8 * u],
      ],
      AXIS,
    );
    const [lx, ly] = labelPlace([x0, y0], [x1, y1]);
    if (edge.label !== "") drawText(picture, edge.label, { x: lx + 12, y: ly, colour: AXIS });
  }
  for (const { id, lines } of graph.nodes) {
    const box = at.boxes.get(id)!;
    const [x, y] = place([box.x, box.y]).map(Math.round) as [number, number];
    const [w, h] = [Math.round(2 * box.width), Math.round(2 * box.height)];
    fillRect(picture, x, y, w, h, AXIS);
    fillRect(picture, x + 2, y + 2, w - 4, h - 4, FILL);
    lines.forEach((line, n) => {
      const middle = y + h / 2 + (n - (lines.length - 1) / 2) * 34;
      drawText(picture, line, { x: x + w / 2, y: middle, colour: n === 0 ? BLACK : DARK, align: "center" });
    });
  }
  notes.forEach((line, n) => {
    drawText(picture, line, { x: MARGIN, y: top + 2 * at.height + (n + 0.5) * LINE_HEIGHT, colour: AXIS });
  });
  return toSmallPng(picture);
}

export const graphText = ({ title, nodes, edges, notes }: Graph): string =>
  [
    title,
    ...nodes.map(({ id, lines }) => {
      const from = edges
        .filter(({ to }) => to === id)
        .map((e) => nodes.find((node) => node.id === e.from)!.lines[0]!.split(" = ")[0]);
      return `${lines.join(", ")}${from.length > 0 ? `  ← ${from.join(", ")}` : ""}`;
    }),
    ...notes,
  ].join("\n");
