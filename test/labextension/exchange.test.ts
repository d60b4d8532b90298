import { nullTranslator } from "@jupyterlab/translation";
import fc from "fast-check";
import katex from "katex";
import { configOf, type NetworkConfig, type TraceDocument, traceNetwork, twoLayer } from "nabla";
import { traceLatex } from "nabla/display";
import { describe, expect, test } from "vitest";
import { readImport } from "../../labextension/src/exchange/import.js";
import { networkFile, readNetwork } from "../../labextension/src/exchange/network.js";
import { linkHash, readLink } from "../../labextension/src/exchange/permalink.js";
import { stepPicture } from "../../labextension/src/exchange/picture.js";
import { typescriptCell } from "../../labextension/src/exchange/typescript.js";
import { PRESETS } from "../../labextension/src/setup/presets.js";
import { at, demoTrace } from "./fixture.js";

const trans = nullTranslator.load("jupyterlab_nabla");
const networks = PRESETS.map(({ id, config }): [string, NetworkConfig] => [id, configOf(traceNetwork(config))!]);
const json = (changes: object): string => JSON.stringify({ ...networkFile(networks[0]![1]), ...changes });
const problem = async (text: string): Promise<unknown> => {
  const read = await readImport(text, trans);
  return "problem" in read ? read.problem : read;
};

describe("what is saved can be opened:", () => {
  test.each(networks)("%s as a network, as a trace and as a link", async (_, config) => {
    expect(await readImport(JSON.stringify(networkFile(config)), trans)).toEqual({ config });
    expect(await readImport(JSON.stringify(traceNetwork(config)), trans)).toEqual({ config });
    const address = `/lab${linkHash({ config, step: "B7", layout: "numerator" })}`;
    expect(readLink(address, trans)).toEqual({ config, step: "B7", layout: "numerator" });
  });

  test.each(networks)("%s as a cell makes the same trace", (_, config) => {
    const body = typescriptCell(config)
      .replace(/^import .*$/mu, "")
      .replace(/net\.backprop\(\)$/u, "return net.backprop();");
    const made = new Function("twoLayer", body)(twoLayer) as { trace: TraceDocument };
    expect(made.trace).toEqual(traceNetwork(config));
  });

  test("any numbers come back exactly through a link", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const column = fc.array(number, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(column, (x) => {
        const address = `/lab?reset${linkHash({ config: { x, conventions: {} }, step: "F0", layout: "denominator" })}`;
        expect(readLink(address, trans)).toMatchObject({ config: { x } });
      }),
      { seed: 1 },
    );
  });
});

test("a cell is readable", () => {
  expect(
    typescriptCell({ ...networks[3]![1], sizes: [2, 3, 2], conventions: { ...traceNetwork().conventions, kink: 0.5 } }),
  ).toBe(
    `import { twoLayer } from "nabla";

const net = twoLayer({
  sizes: [2, 3, 2],
  activation: "relu",
  loss: "cross-entropy",
  bias: true,
  W1: [[0.5, -1], [1.5, 0.25], [-0.75, 1]],
  b1: [1.5, -0.2, 0.3],
  W2: [[1, -0.5, 0.75], [-0.25, 1.25, 0.5]],
  b2: [0.05, -0.05],
  x: [1, 2],
  y: [0, 1],
  conventions: { kink: 0.5 },
});
net.backprop()`,
  );
});

test("an address without a network is no link; a damaged one is a sentence", () => {
  expect(readLink("/lab/tree/nabla.ipynb", trans)).toBeUndefined();
  for (const code of ["abc", "e30", "A".repeat(50_000)])
    expect(readLink(`/lab#nabla=${code}`, trans)).toHaveProperty("problem");
  expect(readLink("/lab#nabla=abc", trans)).toEqual({ problem: "The link is damaged: it holds no network." });
});

describe("a hostile import is a sentence:", () => {
  test.each([
    ["no JSON", "<script>alert(1)</script>", "This is not JSON."],
    ["another JSON", '{"a": 1}', "This is no network and no trace."],
    ["a list", "[]", "This is no network and no trace."],
    ["too long", `"${"a".repeat(4_000_001)}"`, "The text is longer than 4000000 characters."],
    [
      "a newer network",
      json({ version: 2 }),
      "The network has version 2; this panel reads version 1. Update jupyterlab-nabla.",
    ],
    [
      "a newer trace",
      JSON.stringify({ ...demoTrace(), version: 9 }),
      "The trace has version 9; this panel reads version 1. Update jupyterlab-nabla.",
    ],
    ["512 units", json({ sizes: [2, 512, 2] }), "sizes: expected three whole numbers from 1 to 8, got [2,512,2]."],
    ["no units", json({ sizes: [2, 0, 2] }), "sizes: expected three whole numbers from 1 to 8, got [2,0,2]."],
    ["a letter in a matrix", json({ W1: [["a", 1]] }), 'W1: expected finite numbers, at most 8×8, got [["a",1]].'],
    [
      "a number too large for JSON",
      json({}).replace('"x":[1,2]', '"x":[1e999,2]'),
      "x: expected finite numbers, at most 8×8, got [null,2].",
    ],
    [
      "an unknown activation",
      json({ activation: "gelu" }),
      'activation: expected sigmoid, tanh, relu, leaky-relu, identity, got "gelu".',
    ],
    ["a convention of its own", json({ conventions: { digits: 1e9 } }), "digits: expected 3, 6, all, got 1000000000."],
    [
      "digits of a trace",
      JSON.stringify({ ...demoTrace(), conventions: { digits: -1 } }),
      "The convention digits of the trace is none of 3, 6, all.",
    ],
    [
      "a name of Object's",
      JSON.stringify({ ...demoTrace(), tensors: { constructor: 1 } }),
      "The tensor constructor has no name, label or symbol.",
    ],
  ])("%s", async (_, text, sentence) => {
    expect(await problem(text)).toBe(sentence);
  });

  test("steps that name each other, and tensors made by no step", async () => {
    const trace = demoTrace();
    const [first, ...rest] = trace.steps;
    const circular = { ...trace, steps: [{ ...first, operands: ["g_x"], results: ["F0"] }, ...rest] };
    expect(await problem(JSON.stringify(circular))).toBe("Step F0 uses F0, which the trace does not have.");
    const orphan = { ...trace, tensors: { ...trace.tensors, x: { ...trace.tensors.x, madeBy: { toString: 1 } } } };
    expect(await problem(JSON.stringify(orphan))).toBe("The tensor x has no role, or no step that makes it.");
  });

  test("members that a network does not have are left behind", () => {
    const read = readNetwork(JSON.parse(json({ title: "<img onerror=alert(1)>", __proto__: { polluted: 1 } })), trans);
    expect(read).toEqual({ config: networks[0]![1] });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("a trace too large to compute anew is shown as it was saved", async () => {
    const large = traceNetwork({ sizes: [12, 3, 2], seed: 1 });
    expect(await readImport(JSON.stringify(large), trans)).toEqual({ document: large });
  });
});

describe("the LaTeX of a trace", () => {
  const source = traceLatex(traceNetwork({ activation: "relu", title: "50% of W_1 & {more} <script>" }));

  test("has every step, plain text escaped, and no sign that plain fonts lack", () => {
    expect(source.match(/\\subsection\*/gu)).toHaveLength(16);
    expect(source).toContain("\\section*{50\\% of W\\_1 \\& \\{more\\} <script>}");
    expect([...source].filter((c) => c > "~" && !"–é".includes(c))).toEqual([]);
  });

  test("has only formulas that typeset", () => {
    const formulas = [...source.matchAll(/\\\[\n(.*?)\n\\\]/gsu)].map(([, latex]) => latex!);
    expect(formulas.length).toBeGreaterThan(30);
    for (const latex of formulas)
      expect(() => katex.renderToString(latex, { displayMode: true, strict: "error" })).not.toThrow();
  });
});

describe("the picture of a step", () => {
  const demo = traceNetwork({ title: "<script>alert(1)</script> & more" });
  const picture = stepPicture(demo, at(demo, "B7"), "denominator");

  test("has its title, its formula and its numbers, and nothing that runs", () => {
    for (const words of ["B7  Weights 1", "0.055", "−0.119", "∂L/∂W1  3×2", "&lt;script&gt;"])
      expect(picture).toContain(words);
    expect(picture).not.toMatch(/<script|on\w+=|href/u);
  });

  test("is well-formed and shows the transpose in numerator layout", () => {
    expect(stepPicture(demo, at(demo, "B7"), "numerator")).toContain("∂L/∂W1  2×3");
    const tags = [...picture.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/gu)];
    let depth = 0;
    for (const [, closing, , empty] of tags) depth += closing ? -1 : empty ? 0 : 1;
    expect(depth).toBe(0);
  });

  test.each(demo.steps.map(({ id }) => id))("of step %s can be drawn", (id) => {
    expect(stepPicture(demo, at(demo, id), "denominator")).toMatch(/^<svg .*<\/svg>$/su);
  });
});
