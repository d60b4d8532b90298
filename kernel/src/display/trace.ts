/**
 * A trace of backpropagation as a cell shows it: the document for the panel and the labextension, and every step with
 * its formula and its numbers in Markdown and in text for everything else, in the layout of the trace.
 */
import { TRACE_MIME, type TraceDocument } from "../calculus/index.js";
import { type Bundle, MARKDOWN, TEXT } from "./bundle.js";
import { escapeMarkdown, markdownMath } from "./escape.js";
import { inlineMarkdown, inlineText } from "./inline.js";
import { latexToText } from "./latexText/index.js";
import { formatTogether } from "./number.js";

type Tensor = TraceDocument["tensors"][string];
type Step = TraceDocument["steps"][number];

/** A tensor with more numbers is named by its size. */
const MOST_NUMBERS = 64;

export const traceBundle = (trace: TraceDocument): Bundle => ({
  [TRACE_MIME]: trace,
  [MARKDOWN]: traceMarkdown(trace),
  [TEXT]: traceText(trace),
});

/** "2–3–2 · sigmoid · cross-entropy · denominator layout": what is a choice, without what the title says. */
function choices({ title, network, conventions }: TraceDocument): string {
  const batch = network.batch > 1 ? `${network.batch} samples as ${conventions.samples}, ${conventions.reduction}` : "";
  return [
    network.sizes.join("–"),
    network.activation,
    network.loss,
    batch,
    network.bias ? "" : "no biases",
    `${conventions.layout} layout`,
  ]
    .filter((word) => word !== "" && !title.includes(word))
    .join(" · ");
}

function traceMarkdown(trace: TraceDocument): string {
  const steps = trace.steps.map((step) => {
    const { symbolic } = step.formula[trace.conventions.layout];
    const values = results(trace, step).map((tensor) => `${tensor.latex}=${valueLatex(trace, tensor)}`);
    const display = withValues(symbolic, values, latexToText).join(",\\qquad ");
    return [
      `**${step.id}** ${escapeMarkdown(step.title)}. ${inlineMarkdown(step.sentence)}`,
      `$$\n${markdownMath(display)}\n$$`,
      ...verdicts(step).map((words) => `*${escapeMarkdown(words)}*`),
    ].join("\n\n");
  });
  return [`**${escapeMarkdown(trace.title)}** — ${escapeMarkdown(choices(trace))}`, ...steps].join("\n\n");
}

function traceText(trace: TraceDocument): string {
  const steps = trace.steps.map((step) => {
    const { symbolic } = step.formula[trace.conventions.layout];
    const head = `${step.id.padEnd(4)}${step.title}`;
    const values = results(trace, step).map((tensor) => `${tensor.label} = ${valueText(trace, tensor)}`);
    const lines = [...withValues(latexToText(symbolic), values, (text) => text), ...verdicts(step).map(inlineText)];
    return [head, ...lines.map((line) => `    ${line}`)].join("\n");
  });
  return [`${trace.title}: ${choices(trace)}`, ...steps].join("\n");
}

/** The formula before the numbers; left out where it only lists the names or already is the number. */
function withValues(formula: string, values: readonly string[], plain: (text: string) => string): string[] {
  const says = plain(formula);
  const needless = !says.includes("=") || values.some((value) => plain(value) === says);
  return needless && values.length > 0 ? [...values] : [formula, ...values].filter((text) => text !== "");
}

export const results = (trace: TraceDocument, step: Step): Tensor[] =>
  step.results.flatMap((name) => trace.tensors[name] ?? []);

/** Only what is worth a line: a check that is not in order. */
const verdicts = (step: Step): string[] =>
  step.checks.filter(({ verdict }) => verdict !== "ok").map(({ verdict, sentence }) => `${verdict}: ${sentence}`);

/** Gradients are stored with the shape of the variable; in numerator layout they are shown transposed. */
function shownRows(trace: TraceDocument, { role, shape, data }: Tensor): number[][] {
  const [rows, cols] = shape;
  const turned = role === "gradient" && trace.conventions.layout === "numerator";
  const at = (r: number, c: number): number => data[turned ? c * cols + r : r * cols + c] ?? Number.NaN;
  return Array.from({ length: turned ? cols : rows }, (_, r) =>
    Array.from({ length: turned ? rows : cols }, (_, c) => at(r, c)),
  );
}

export function valueLatex(trace: TraceDocument, tensor: Tensor): string {
  const rows = shownRows(trace, tensor);
  if (tensor.data.length > MOST_NUMBERS) return `\\text{(${sizeText(rows)} numbers)}`;
  const lines = numberRows(trace, rows).map((row) => row.map(numberLatex).join(" & "));
  return tensor.data.length === 1 ? lines[0]! : `\\begin{bmatrix}${lines.join(" \\\\ ")}\\end{bmatrix}`;
}

function valueText(trace: TraceDocument, tensor: Tensor): string {
  const rows = shownRows(trace, tensor);
  if (tensor.data.length > MOST_NUMBERS) return `${sizeText(rows)} numbers`;
  const lines = numberRows(trace, rows).map((row) => row.join(" "));
  return tensor.data.length === 1 ? lines[0]! : `[${lines.join("; ")}]`;
}

const sizeText = (rows: readonly (readonly number[])[]): string => `${rows.length}×${rows[0]!.length}`;

function numberRows({ conventions }: TraceDocument, rows: readonly (readonly number[])[]): string[][] {
  const texts = formatTogether(rows.flat(), conventions.digits);
  const width = rows[0]!.length;
  return rows.map((_, r) => texts.slice(r * width, (r + 1) * width));
}

/** 5.5e−7 as 5.5·10⁻⁷. */
const numberLatex = (text: string): string =>
  text
    .replaceAll("−", "-")
    .replace("∞", "\\infty")
    .replace("NaN", "\\text{NaN}")
    .replace(/e\+?(-?\d+)$/, "\\cdot 10^{$1}");
