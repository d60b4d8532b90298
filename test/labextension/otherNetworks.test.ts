/** Traces of one and of three layers, as other kernels may send them: nothing in the panel knows that there are two. */
import { configOf } from "nabla";
import { expect, test } from "vitest";
import { graphNodes } from "../../labextension/src/trace/graph.js";
import { initialState, type PanelState, reduce } from "../../labextension/src/trace/state.js";
import { validateTrace } from "../../labextension/src/trace/validate.js";
import { oneLayer, threeLayers } from "./fixture.js";

const CHAINS = {
  "one layer": [oneLayer(), "x z r L", "W b"],
  "three layers": [threeLayers(), "x0 h0 x h a z p L", "W0 b0"],
} as const;

test.each(Object.entries(CHAINS))(
  "%s: the document is valid, its chain is drawn, its steps are walked",
  (_, [document, chain, enters]) => {
    expect(validateTrace(JSON.parse(JSON.stringify(document)))).toMatchObject({ document: { id: document.id } });
    expect(configOf(document)).toBeUndefined();
    let state: PanelState = reduce(initialState, { type: "show", document, status: "live" });
    for (const step of document.steps) {
      expect(state.document!.steps[state.step]!.id).toBe(step.id);
      const nodes = graphNodes(document, state.step);
      expect(nodes.map(({ label }) => label).join(" ")).toBe(chain);
      expect(nodes[1]!.enters.map(({ label }) => label).join(" ")).toBe(enters);
      state = reduce(state, { type: "go", to: "next" });
    }
    expect(
      graphNodes(document, state.step).every(({ value, gradient }) => value === "done" && gradient !== "next"),
    ).toBe(true);
  },
);
