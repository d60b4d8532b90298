import { expect, test } from "vitest";
import { graphNodes } from "../../labextension/src/trace/graph.js";
import { at, demoTrace } from "./fixture.js";

const trace = demoTrace();
const nodesAt = (id: string) => graphNodes(trace, at(trace, id));

test("the chain is x h a z p L, with the parameters where they enter", () => {
  const nodes = nodesAt("F0");
  expect(nodes.map(({ label }) => label)).toEqual(["x", "h", "a", "z", "p", "L"]);
  expect(nodes.map(({ enters }) => enters.map(({ label }) => label).join(" "))).toEqual([
    "",
    "W1 b1",
    "",
    "W2 b2",
    "",
    "y",
  ]);
});

test("at F5 all values are there and no gradient is", () => {
  const nodes = nodesAt("F5");
  expect(nodes.map(({ value }) => value)).toEqual(["done", "done", "done", "done", "done", "now"]);
  expect(nodes.every(({ gradient }) => gradient === "next")).toBe(true);
});

test("at B6 the gradient by h is being made, that by x is still to come", () => {
  const gradient = Object.fromEntries(nodesAt("B6").map(({ label, gradient }) => [label, gradient]));
  expect(gradient).toEqual({ x: "next", h: "now", a: "done", z: "done", p: "done", L: "done" });
});

test("a trace without gradients or parameters still has its chain", () => {
  const tensors = { x: trace.tensors.x!, h: { ...trace.tensors.h!, madeBy: "F1" } };
  const steps = trace.steps
    .slice(0, 2)
    .map((step) => ({ ...step, operands: ["x"], results: step.id === "F1" ? ["h"] : ["x"] }));
  expect(graphNodes({ ...trace, tensors, steps }, 1).map(({ label, gradient }) => [label, gradient])).toEqual([
    ["x", undefined],
    ["h", undefined],
  ]);
});
