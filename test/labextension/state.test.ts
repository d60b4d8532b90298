import { expect, test } from "vitest";
import { type Action, initialState, type PanelState, reduce } from "../../labextension/src/trace/state.js";
import { at, demoTrace } from "./fixture.js";

const after = (...actions: Action[]): PanelState => actions.reduce(reduce, initialState);
const show: Action = { type: "show", document: demoTrace(), status: "live" };

test("the first document starts at F0 in denominator layout", () => {
  expect(after(show)).toMatchObject({ step: 0, layout: "denominator", status: "live" });
});

test("steps stop at both ends", () => {
  expect(after(show, { type: "go", to: "back" }).step).toBe(0);
  expect(after(show, { type: "go", to: "last" }, { type: "go", to: "next" }).step).toBe(15);
  expect(after(show, { type: "go", to: 1e9 }).step).toBe(15);
  expect(after(show, { type: "go", to: Number.NaN }).step).toBe(0);
});

test("last, then back five times, is B4", () => {
  const back: Action = { type: "go", to: "back" };
  const state = after(show, { type: "go", to: "last" }, back, back, back, back, back);
  expect(state.document?.steps[state.step]?.id).toBe("B4");
});

test("a new revision keeps the step by its id, also when the steps have changed", () => {
  const fused = demoTrace({ revision: 2, steps: demoTrace().steps.filter(({ id }) => id !== "B1") });
  const state = after(show, { type: "step", id: "B7" }, { type: "show", document: fused, status: "live" });
  expect(state.step).toBe(at(fused, "B7"));
});

test("a step that the new document does not have leads to the first", () => {
  const short = demoTrace({ revision: 2, steps: demoTrace().steps.slice(0, 6) });
  expect(after(show, { type: "step", id: "B7" }, { type: "show", document: short, status: "live" }).step).toBe(0);
});

test("the layout chosen in the panel outlives a new revision of the same trace", () => {
  const next = demoTrace({ revision: 2 });
  expect(after(show, { type: "layout" }, { type: "show", document: next, status: "live" }).layout).toBe("numerator");
});

test("another trace comes in its own layout", () => {
  const other = demoTrace({ id: "other", conventions: { ...demoTrace().conventions, layout: "numerator" } });
  expect(after(show, { type: "show", document: other, status: "live" }).layout).toBe("numerator");
});

test("a lost kernel keeps what is shown, as stale", () => {
  const state = after(show, { type: "step", id: "B3" }, { type: "status", status: "stale" });
  expect(state).toMatchObject({ status: "stale", step: at(demoTrace(), "B3") });
  expect(state.document?.id).toBe("demo");
});

test("playing goes step by step, stops at the end, and starts again from the first step", () => {
  let state = after(show, { type: "step", id: "B8" }, { type: "play" });
  expect(state.playing).toBe(true);
  state = reduce(state, { type: "tick" });
  expect(state).toMatchObject({ step: 15, playing: false });
  expect(reduce(state, { type: "play" })).toMatchObject({ step: 0, playing: true });
});

test("a step by hand ends the playing", () => {
  expect(after(show, { type: "play" }, { type: "go", to: "next" }).playing).toBe(false);
});

test("a place remembered from before counts only while nothing is shown", () => {
  const restore: Action = { type: "restore", step: 13, layout: "numerator" };
  expect(after(restore, show)).toMatchObject({ step: 13, layout: "numerator" });
  expect(after(show, restore)).toMatchObject({ step: 0, layout: "denominator" });
});

test("another tab in front ends the playing; a remembered one comes back before anything is shown", () => {
  expect(after(show, { type: "play" }, { type: "tab", id: "setup" })).toMatchObject({ tab: "setup", playing: false });
  expect(after({ type: "restore", tab: "setup" }, show).tab).toBe("setup");
});

test("a step takes the selected entry away", () => {
  const entry = { tensor: "g_W1", row: 1, col: 1 };
  expect(after(show, { type: "select", entry }).selected).toEqual(entry);
  expect(after(show, { type: "select", entry }, { type: "go", to: "next" }).selected).toBeUndefined();
});
