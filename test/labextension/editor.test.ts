import { nullTranslator } from "@jupyterlab/translation";
import { twoLayer } from "nabla";
import { expect, test } from "vitest";
import type { TraceChange } from "../../labextension/src/live/link.js";
import { NetworkEditor } from "../../labextension/src/setup/editor.js";
import type { History } from "../../labextension/src/setup/history.js";
import { TraceStore } from "../../labextension/src/trace/store.js";
import { demoTrace } from "./fixture.js";

const LOSS = 0.32744139457067567;

function panel(status: "stand-alone" | "stale" = "stand-alone") {
  const store = new TraceStore();
  store.dispatch({ type: "show", document: demoTrace(), status });
  const editor = new NetworkEditor(store, nullTranslator.load("jupyterlab_nabla"));
  const loss = () => store.state.document!.tensors.L!.data[0]!;
  return { store, editor, loss };
}

test("an edit changes later values and keeps the step; undo and redo are exact", async () => {
  const { store, editor, loss } = panel();
  store.dispatch({ type: "step", id: "B7" });
  expect(loss()).toBe(LOSS);
  await editor.edit({ x: [1, 3] });
  const edited = loss();
  expect(edited).not.toBe(LOSS);
  expect(store.state.document!.steps[store.state.step]!.id).toBe("B7");
  await editor.undo();
  expect(loss()).toBe(LOSS);
  await editor.redo();
  expect(loss()).toBe(edited);
  expect(store.state.history.future).toEqual([]);
});

test("undo at the beginning and redo at the end change nothing", async () => {
  const { store, editor } = panel();
  const before = store.state;
  await editor.undo();
  await editor.redo();
  expect(store.state).toBe(before);
});

test("a hundred steps back are kept, no more", async () => {
  const { store, editor } = panel();
  for (let i = 0; i < 103; i++) await editor.edit({ b2: [i, 0] });
  expect(store.state.history.past).toHaveLength(100);
});

test("what does not fit is one sentence, and the last good network stays", async () => {
  const { store, editor, loss } = panel();
  await editor.edit({ y: [0.5, 0.25] });
  expect(store.state.notice).toBe(
    "the target of cross-entropy must be a distribution: entries from 0 to 1 that sum to 1, got [0.5, 0.25]",
  );
  expect(loss()).toBe(LOSS);
  expect(store.state.history.past).toEqual([]);
});

test("edits that come at once are all taken, the last one last", async () => {
  const { store, editor } = panel();
  await Promise.all([editor.edit({ x: [1, 3] }), editor.edit({ b2: [0, 0] })]);
  const { x, b2 } = store.state.document!.tensors;
  expect([x!.data, b2!.data]).toEqual([
    [1, 3],
    [0, 0],
  ]);
});

test("a trace that no kernel holds any more is changed as a copy", async () => {
  const { store, editor } = panel("stale");
  await editor.edit({ x: [1, 3] });
  expect(store.state).toMatchObject({
    status: "stand-alone",
    notice: "A copy in the panel: the notebook is unchanged.",
  });
});

test("another network begins without a history", async () => {
  const { store, editor } = panel();
  await editor.edit({ x: [1, 3] });
  store.dispatch({ type: "show", document: demoTrace({ id: "other" }), status: "live" });
  expect(store.state.history).toEqual({ past: [], future: [] });
});

/** A panel whose network a kernel holds; the kernel is a network and its answers come late. */
function livePanel() {
  const store = new TraceStore();
  const net = twoLayer();
  let revision = 1;
  const sent: { at: number; change: TraceChange }[] = [];
  const show = (history?: History) => {
    const document = { ...net.backprop().trace, id: "net", revision: revision++ };
    store.dispatch({ type: "show", document, status: "live", ...(history && { history }) });
  };
  show();
  const holder = {
    change: async (change: TraceChange) => {
      sent.push({ at: Date.now(), change });
      await new Promise((done) => setTimeout(done, 5));
      try {
        net.set("values" in change ? change.values : change.config);
      } catch (error) {
        return (error as Error).message;
      }
      show(store.state.history);
      return undefined;
    },
  };
  return { store, net, sent, editor: new NetworkEditor(store, nullTranslator.load("jupyterlab_nabla"), () => holder) };
}

test("live: numbers are set, choices are configured, undo gives the whole network back", async () => {
  const { editor, net, sent, store } = livePanel();
  await editor.edit({ x: [1, 3] });
  await editor.edit({ activation: "relu" });
  expect(sent.map(({ change }) => change)).toEqual([{ values: { x: [1, 3] } }, { config: { activation: "relu" } }]);
  await editor.undo();
  await editor.undo();
  expect(store.state).toMatchObject({ status: "live", history: { past: [] } });
  expect(net.backprop().loss).toBe(LOSS);
  await editor.redo();
  expect(net.config.x).toEqual([1, 3]);
});

test("live: fifty edits at once are at most ten messages a second, and the last one wins", async () => {
  const { editor, net, sent } = livePanel();
  const edits = Array.from({ length: 50 }, (_, i) => editor.edit({ x: [1, i] }));
  await Promise.all(edits);
  expect(net.config.x).toEqual([1, 49]);
  expect(sent.length).toBeLessThan(4);
  for (let i = 1; i < sent.length; i++) expect(sent[i]!.at - sent[i - 1]!.at).toBeGreaterThanOrEqual(99);
});

test("live: what the kernel refuses is a sentence and no step of the history", async () => {
  const { editor, store } = livePanel();
  await editor.edit({ y: [1, 1] });
  expect(store.state.notice).toContain("must be a distribution");
  expect(store.state.history.past).toEqual([]);
});
