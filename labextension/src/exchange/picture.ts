/**
 * The step as a picture that stands alone: title, sentence, formula, the chain of the network, and every matrix of the
 * step with its numbers. SVG as text; the formula is in plain signs, since a picture brings no fonts of MathJax.
 */
import type { Layout, TraceDocument } from "nabla";
import { cellColour, colourLimit, formatNumber, hex, inlineText, latexToText, textColour } from "nabla/display";
import { type GraphNode, graphNodes } from "../trace/graph.js";
import { shapeText, valueAt, viewTensor } from "../trace/matrix.js";

/* Units are pixels of a picture of this width. */
const WIDTH = 680;
const MARGIN = 16;
const CELL = { width: 62, height: 24, least: 34 };
const LINE = 20;
/** Characters of a line of text. */
const MEASURE = 92;

export function stepPicture(trace: TraceDocument, at: number, layout: Layout): string {
  const step = trace.steps[at]!;
  const parts: string[] = [];
  let y = MARGIN;
  const words = (line: string, size = 13, weight = "normal"): void => {
    y += LINE;
    parts.push(text(MARGIN, y - 5, line, { "font-size": size, "font-weight": weight }));
  };
  words(`${step.id}  ${step.title}`, 16, "bold");
  for (const line of wrapped(inlineText(step.sentence))) words(line);
  for (const line of wrapped(latexToText(step.formula[layout].symbolic))) words(line, 15);
  words(`${trace.title} · ${layout} layout`, 11);
  y += 8;
  parts.push(`<g transform="translate(0 ${y})">${chain(graphNodes(trace, at), layout)}</g>`);
  y += 84;
  const names = [...new Set([...step.results, ...(step.upstream ? [step.upstream] : []), ...step.operands])];
  const flow = matrices(trace, names, layout);
  parts.push(`<g transform="translate(${MARGIN} ${y})">${flow.body}</g>`);
  y += flow.height + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}"`,
    ` font-family="system-ui, sans-serif" role="img"><title>${escaped(`${step.id} ${step.title}`)}</title>`,
    `<rect width="${WIDTH}" height="${y}" fill="#fff"/>${parts.join("")}</svg>`,
  ].join("");
}

/** The matrices one after the other, as many in a row as there is room for. */
function matrices(trace: TraceDocument, names: readonly string[], layout: Layout): { body: string; height: number } {
  let [x, y, tallest] = [0, 0, 0];
  const body = names.map((name) => {
    const one = matrix(trace, name, layout);
    if (x > 0 && x + one.width > WIDTH - 2 * MARGIN) [x, y, tallest] = [0, y + tallest + MARGIN, 0];
    const placed = `<g transform="translate(${x} ${y})">${one.body}</g>`;
    x += one.width + MARGIN;
    tallest = Math.max(tallest, one.height);
    return placed;
  });
  return { body: body.join(""), height: y + tallest };
}

function matrix(trace: TraceDocument, name: string, layout: Layout) {
  const tensor = trace.tensors[name]!;
  const view = viewTensor(tensor, layout);
  const width = Math.min(CELL.width, (WIDTH - 2 * MARGIN) / view.cols);
  const scale = colourLimit(tensor.data);
  const cells: string[] = [text(0, 13, `${tensor.label}  ${shapeText(view.rows, view.cols)}`, { "font-size": 12 })];
  for (let row = 0; row < view.rows; row++)
    for (let col = 0; col < view.cols; col++) {
      const value = valueAt(view, row, col);
      const colour = cellColour(value, scale);
      const [left, top] = [col * width, 20 + row * CELL.height];
      cells.push(
        `<rect x="${round(left)}" y="${top}" width="${round(width)}" height="${CELL.height}" fill="${hex(colour)}" stroke="#999"/>`,
      );
      if (width >= CELL.least)
        cells.push(
          text(
            left + width - 4,
            top + 16,
            formatNumber(value, trace.conventions.digits === "all" ? 6 : trace.conventions.digits),
            {
              "font-size": 11,
              "text-anchor": "end",
              fill: hex(textColour(colour)),
            },
          ),
        );
    }
  const label = 8 * (tensor.label.length + 6);
  return { body: cells.join(""), width: Math.max(label, view.cols * width), height: 20 + view.rows * CELL.height };
}

/** The chain of nodes: full what is done, with a thick rim what is made now, dashed what is to come. */
function chain(nodes: readonly GraphNode[], layout: Layout): string {
  const gap = Math.min(100, (WIDTH - 2 * MARGIN) / nodes.length);
  return nodes
    .map(({ label, shape: [rows, cols], value, gradient, enters }, i) => {
      const x = MARGIN + gap * (i + 0.5);
      const rim = { done: "", now: ' stroke-width="3"', next: ' stroke-dasharray="3 3"' }[value];
      const fill = value === "done" ? "#ddd" : "#fff";
      const middle = { "font-size": 11, "text-anchor": "middle" };
      const turned = layout === "numerator" ? shapeText(cols, rows) : shapeText(rows, cols);
      return [
        i > 0 ? `<path d="M${round(x - gap + 16)} 32H${round(x - 18)}" stroke="#444"/>` : "",
        `<circle cx="${round(x)}" cy="32" r="14" fill="${fill}" stroke="#222"${rim}/>`,
        text(x, 36, label, { ...middle, "font-size": 13 }),
        text(x, 60, shapeText(rows, cols), middle),
        gradient && gradient !== "next" ? text(x, 74, `∂ ${turned}`, middle) : "",
        ...enters.map((enter, k) => text(x - gap / 2, 26 - 12 * (enters.length - 1 - k), enter.label, middle)),
      ].join("");
    })
    .join("");
}

const round = (x: number): number => Math.round(100 * x) / 100;

function text(x: number, y: number, words: string, attributes: Readonly<Record<string, string | number>>): string {
  const rest = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<text x="${round(x)}" y="${round(y)}"${rest.join("")}>${escaped(words)}</text>`;
}

const escaped = (words: string): string =>
  words.replace(/[&<>"]/gu, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

function wrapped(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/u).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < MEASURE) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
