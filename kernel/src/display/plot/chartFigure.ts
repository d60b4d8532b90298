/** A chart as a plotly figure. */
import { hex } from "../colour.js";
import { plotlyText } from "../sheet/plotlyAxes.js";
import { type Chart, type ChartAxis, onAxis } from "./chart.js";
import { baseLayout, headRoom, short } from "./layout.js";
import { GREY, LINES } from "./palette.js";

export function chartFigure(chart: Chart): object {
  const head = headRoom(chart.notes);
  return {
    data: [...bands(chart), ...lines(chart), ...marks(chart)],
    layout: {
      ...baseLayout(chart.title, chart.notes),
      width: 680,
      height: head + 400,
      margin: { t: head, l: 68, r: 24, b: 56 },
      xaxis: axis(chart.x),
      yaxis: axis(chart.y),
      showlegend: true,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
      hovermode: "x unified",
      shapes: poles(chart),
    },
  };
}

const axis = ({ name, scale, range }: ChartAxis) => ({
  title: { text: plotlyText(name) },
  range,
  ...(scale === "log"
    ? { type: "log", exponentformat: "power", dtick: Math.max(1, Math.ceil((range[1] - range[0]) / 8)) }
    : {}),
});

const lines = ({ lines: list }: Chart): object[] =>
  list.map(({ name, x, y }, n) => {
    const { colour, dash } = LINES[n % LINES.length]!;
    return {
      type: "scatter",
      mode: "lines",
      name,
      x: x.map(short),
      y: y.map(short),
      connectgaps: false,
      line: { color: hex(colour), dash, width: 2 },
      hovertemplate: "%{y:.6g}",
    };
  });

/** A line from bottom to top at every pole. */
const poles = ({ marks: list }: Chart): object[] =>
  list
    .filter(({ y }) => Number.isNaN(y))
    .map(({ x, text }) => ({
      type: "line",
      x0: x,
      x1: x,
      y0: 0,
      y1: 1,
      yref: "paper",
      line: { color: GREY, width: 1, dash: "dash" },
      name: text,
    }));

const marks = ({ marks: all }: Chart): object[] => {
  const list = all.filter(({ y }) => !Number.isNaN(y));
  return list.length === 0
    ? []
    : [
        {
          type: "scatter",
          mode: "markers",
          name: "marked",
          x: list.map(({ x }) => short(x)),
          y: list.map(({ y }) => short(y)),
          marker: { color: GREY, size: 10, symbol: "diamond-open", line: { width: 2 } },
          text: list.map(({ text }) => plotlyText(text)),
          hovertemplate: "%{text}",
        },
      ];
};

/** Hatched from bottom to top. */
function bands({ x, y, bands: list }: Chart): object[] {
  if (list.length === 0) return [];
  const [low, high] = y.range.map((value) => (y.scale === "log" ? 10 ** value : value));
  const [first, ...rest] = list.map(({ from, to }, n) => ({
    type: "scatter",
    mode: "lines",
    name: "no value",
    showlegend: n === 0,
    x: [from, to, to, from].map((value) => short(x.scale === "log" ? 10 ** onAxis(x, value) : value)),
    y: [low!, low!, high!, high!].map(short),
    fill: "toself",
    fillcolor: "rgba(128,128,128,0.08)",
    fillpattern: { shape: "/", fgcolor: GREY, size: 8, solidity: 0.2, fillmode: "overlay" },
    line: { width: 0 },
    hoverinfo: "skip",
  }));
  return [first!, ...rest];
}
