// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { beforeEach, expect, test, vi } from "vitest";
import type { Figure } from "../../labextension/src/plot/plotly.js";
import { PLOTLY_MIME, PlotRenderer } from "../../labextension/src/plot/renderer.js";

const drawn: { node: HTMLElement; figure: Figure }[] = [];
vi.mock("../../labextension/src/plot/bundle.js", () => ({
  loadPlotly: async () => ({
    react: async (node: HTMLElement, figure: Figure) => void drawn.push({ node, figure }),
    purge: () => undefined,
    Plots: { resize: () => undefined },
  }),
}));

const renderer = (): PlotRenderer => {
  const made = new PlotRenderer(PLOTLY_MIME, { trans: nullTranslator.load("jupyterlab_nabla"), themes: null });
  Widget.attach(made, document.body);
  return made;
};
const render = (into: PlotRenderer, figure: unknown) =>
  into.renderModel({
    data: { [PLOTLY_MIME]: figure },
    metadata: {},
    trusted: false,
    setData: () => undefined,
  } as never);
const last = (): Figure => drawn.at(-1)!.figure;

beforeEach(() => void drawn.splice(0));

test("what the figure asks to be fetched from is overruled", async () => {
  const config = { topojsonURL: "https://cdn.example/", plotlyServerURL: "https://cloud.example/" };
  await render(renderer(), { data: [{ type: "bar" }], config });
  expect(last().config).toMatchObject({ topojsonURL: "", plotlyServerURL: "", showSendToCloud: false });
});

test.each(["scattergeo", "choropleth", "scattermapbox", "densitymap"])(
  "a %s is refused in one sentence",
  async (type) => {
    const made = renderer();
    await render(made, { data: [{ type: "bar" }, { type }] });
    expect(drawn).toEqual([]);
    expect(made.node.textContent).toBe(
      `Maps (${type}) are not drawn: what they show would be fetched from the network.`,
    );
  },
);

test("images are drawn from data URLs only, wherever the figure names them", async () => {
  const far = "https://elsewhere.example/x.png";
  const near = "data:image/png;base64,AAAA";
  await render(renderer(), {
    data: [
      { type: "image", source: far },
      { type: "image", source: near },
      { type: "sankey", link: { source: [0] } },
    ],
    layout: {
      images: [{ source: far }, { source: near }, { source: "/files/x.png" }],
      geo: { scope: "world" },
      template: { layout: { imagedefaults: { source: far } }, data: { image: [{ source: far }] } },
      updatemenus: [{ buttons: [{ args: ["images[0].source", far] }, { args: ["type", "heatmap"] }] }],
      sliders: [{ steps: [{ args: [{ type: "scattergeo" }] }] }],
    },
    frames: [{ layout: { images: [{ source: far }] } }],
  });
  const { data, layout, frames } = last();
  expect(JSON.stringify([data, layout, frames])).not.toMatch(/elsewhere|files|geo/u);
  expect(data.map((trace) => Object.keys(trace))).toEqual([["type"], ["type", "source"], ["type", "link"]]);
  expect(layout).toMatchObject({
    images: [{}, { source: near }, {}],
    updatemenus: [{ buttons: [{}, { args: ["type", "heatmap"] }] }],
  });
});

test("after a figure that could not be drawn the next one is drawn into the output", async () => {
  const made = renderer();
  for (const figure of [{}, { data: [null] }, { data: [{ type: "bar" }] }]) await render(made, figure);
  expect(drawn).toHaveLength(1);
  expect(made.node.contains(drawn[0]!.node)).toBe(true);
  expect(made.node.querySelector(".jp-nabla-Notice")).toBeNull();
});
