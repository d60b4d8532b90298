// What the view adds to a step: a pinned entry, one sample, the revision before, quiz, projector, pace.
import { expect, test } from "vitest";
import {
  type Action,
  comparedWith,
  digitsOf,
  initialState,
  type PanelState,
  reduce,
  shownTrace,
} from "../../labextension/src/trace/state.js";
import { demoTrace } from "./fixture.js";

const after = (...actions: Action[]): PanelState => actions.reduce(reduce, initialState);
const document = demoTrace();
const show: Action = { type: "show", document, status: "live" };
const entry = (row: number) => ({ tensor: "h", row, col: 0 });

test("a pinned entry stays while others are visited, and goes when it is left or the step changes", () => {
  const pinned = after(show, { type: "pin", entry: entry(0) }, { type: "select", entry: entry(1) });
  expect(pinned).toMatchObject({ pinned: true, selected: entry(0) });
  expect(reduce(pinned, { type: "pin", entry: entry(2) }).selected).toEqual(entry(2));
  expect(reduce(pinned, { type: "select" })).toMatchObject({ pinned: false });
  expect(reduce(pinned, { type: "select" }).selected).toBeUndefined();
  expect(reduce(pinned, { type: "go", to: "next" })).toMatchObject({ pinned: false, step: 1 });
});

test("one sample is shown in the place of its document, and not in the place of another", () => {
  const alone = demoTrace({ title: "alone" });
  const state = after(show, { type: "sample", sample: { index: 1, of: document, document: alone } });
  expect(shownTrace(state)).toBe(alone);
  expect(shownTrace(reduce(state, { type: "sample" }))).toBe(document);
  const next = demoTrace({ revision: 2 });
  expect(shownTrace(reduce(state, { type: "show", document: next, status: "live" }))).toBe(next);
});

test("the revision before is that of the same network, and compared with when asked", () => {
  const next = demoTrace({ revision: 2 });
  const state = after(show, { type: "show", document: next, status: "live" });
  expect(comparedWith(state)).toBeUndefined();
  expect(comparedWith(reduce(state, { type: "compare" }))).toBe(document);
  const other = reduce(state, { type: "show", document: demoTrace({ id: "other" }), status: "live" });
  expect(comparedWith(reduce(other, { type: "compare" }))).toBeUndefined();
});

test("quiz and projector are on the Trace tab; a class sees three digits", () => {
  const six = demoTrace({ conventions: { ...document.conventions, digits: 6 } });
  const state = after({ type: "show", document: six, status: "live" }, { type: "tab", id: "setup" });
  expect(reduce(state, { type: "quiz" })).toMatchObject({ quiz: true, tab: "trace" });
  expect(digitsOf(state)).toBe(6);
  const projected = reduce(state, { type: "projector" });
  expect(projected).toMatchObject({ projector: true, tab: "trace" });
  expect(digitsOf(projected)).toBe(3);
  expect(reduce(projected, { type: "projector", on: true }).projector).toBe(true);
});

test("the pace goes from four seconds to one and no further", () => {
  expect(after({ type: "faster" }).pace).toBe(1);
  expect(after({ type: "faster" }, { type: "faster" }).pace).toBe(1);
  expect(after({ type: "slower" }, { type: "slower" }).pace).toBe(4);
});

test("settings say what a panel begins with, and leave the rest", () => {
  expect(after({ type: "prefer", layout: "numerator", pace: 4 })).toMatchObject({
    layout: "numerator",
    pace: 4,
    shapes: true,
  });
});
