import { type TraceDocument, twoLayer } from "nabla";
import { expect, test } from "vitest";
import type { Comm, CommEvent, Comms } from "../../kernel/src/jupyter/runner/comms.js";
import { createTraces } from "../../kernel/src/jupyter/trace.js";
import { TraceLink } from "../../labextension/src/live/link.js";
import { demoTrace } from "./fixture.js";

/** The kernel's traces and any number of panels, joined by comms that deliver at once and count. */
function join() {
  let opened: ((comm: Comm, data: unknown, event: CommEvent) => unknown) | undefined;
  const comms = {
    register: (_: string, handler: typeof opened) => {
      opened = handler;
      return () => undefined;
    },
  } as unknown as Comms;
  const traces = createTraces(comms);

  function panel() {
    const shown: TraceDocument[] = [];
    const heard: string[] = [];
    const problems: string[] = [];
    const listeners = { message: (_: CommEvent) => undefined as unknown, close: () => undefined as unknown };
    let closed = false;
    const comm = {
      get closed() {
        return closed;
      },
      send: (data: { type: string }, { buffers = [] }: { buffers?: Uint8Array[] } = {}) => {
        heard.push(data.type);
        link.receive(structuredClone(data), buffers);
      },
      onMessage: (handler: typeof listeners.message) => {
        listeners.message = handler;
      },
      onClose: (handler: typeof listeners.close) => {
        listeners.close = handler;
      },
    } as unknown as Comm;
    const link = new TraceLink(
      (data) => void listeners.message({ data: structuredClone(data), metadata: {}, buffers: [] }),
      {
        live: (document) => shown.push(document),
        stale: () => undefined,
        listed: () => undefined,
        problem: (words) => problems.push(words),
      },
    );
    opened?.(comm, {}, { data: {}, metadata: {}, buffers: [] });
    link.hello();
    const close = () => {
      closed = true;
      listeners.close();
    };
    return { shown, heard, problems, close, ask: listeners, link };
  }
  return { traces, panel };
}

const withInput = (x: number): TraceDocument => {
  const trace = demoTrace();
  return { ...trace, tensors: { ...trace.tensors, x: { ...trace.tensors.x!, data: [1, x] } } };
};
const place = (executionCount: number, code = "const net = …\nnet.backprop()") => ({ executionCount, code });

test("a trace is known by the variable of its cell, with the cell's number", () => {
  const { traces } = join();
  const { id, revision, source } = traces.publish(demoTrace(), place(3));
  expect({ id, revision, source }).toEqual({ id: "net", revision: 1, source: { executionCount: 3, variable: "net" } });
});

test("a panel that comes first is told of the trace when it is made", () => {
  const { traces, panel } = join();
  const { shown } = panel();
  traces.publish(demoTrace(), place(1));
  expect(shown.map(({ id, revision }) => [id, revision])).toEqual([["net", 1]]);
});

test("a panel that comes later gets the last revision", () => {
  const { traces, panel } = join();
  traces.publish(withInput(2), place(1));
  traces.publish(withInput(3), place(2));
  const { shown } = panel();
  expect(shown.map(({ revision, tensors }) => [revision, tensors.x?.data[1]])).toEqual([[2, 3]]);
});

test("a cell run again arrives as a patch and gives the same document as the kernel holds", () => {
  const { traces, panel } = join();
  traces.publish(withInput(2), place(1));
  const { shown, heard } = panel();
  const held = traces.publish(withInput(3), place(2));
  expect(heard).toEqual(["welcome", "trace", "patch"]);
  expect(shown.at(-1)).toEqual(held);
});

test("two networks: the panel goes to the one that ran last, and back", () => {
  const { traces, panel } = join();
  const { shown } = panel();
  traces.publish(demoTrace(), place(1));
  traces.publish(demoTrace(), place(2, "other.backprop()"));
  traces.publish(withInput(5), place(3));
  expect(shown.map(({ id, revision }) => `${id} ${revision}`)).toEqual(["net 1", "other 1", "net 2"]);
});

test("large tensors cross as binary frames", () => {
  const { traces, panel } = join();
  const data = Array.from({ length: 400 }, (_, i) => 1 / (i + 1));
  const trace = demoTrace();
  const { shown } = panel();
  traces.publish(
    { ...trace, tensors: { ...trace.tensors, x: { ...trace.tensors.x!, shape: [400, 1], data } } },
    place(1),
  );
  expect(shown[0]?.tensors.x?.data).toEqual(data);
});

test("what the kernel cannot do is one sentence", () => {
  const { panel } = join();
  const { ask, problems } = panel();
  for (const data of [
    { v: 1, type: "train" },
    { v: 9, type: "hello" },
    { v: 1, type: "watch", id: "nothing" },
  ])
    ask.message({ data, metadata: {}, buffers: [] });
  expect(problems).toEqual([
    "This kernel has no answer to train.",
    "This kernel speaks version 1 of nabla.trace.",
    "There is no trace called nothing.",
  ]);
});

test("a number changed in the panel is changed in the network, and arrives as a patch", async () => {
  const { traces, panel } = join();
  const net = twoLayer();
  traces.publish(net.backprop().trace, place(1));
  const { shown, heard, link } = panel();
  expect(await link.change({ values: { x: [1, 3] } })).toBeUndefined();
  expect(net.config.x).toEqual([1, 3]);
  expect(heard.at(-1)).toBe("patch");
  const { id, revision, source, tensors } = shown.at(-1)!;
  expect([id, revision, source, tensors.x!.data]).toEqual(["net", 2, { executionCount: 1, variable: "net" }, [1, 3]]);
  expect(tensors.L!.data[0]).toBe(net.backprop().loss);
});

test("a choice changed in the panel, and a batch in the place of one sample and back", async () => {
  const { traces, panel } = join();
  const net = twoLayer({ x: [1, 2] });
  traces.publish(net.backprop().trace, place(1));
  const { shown, heard, link } = panel();
  await link.change({ config: { activation: "relu", conventions: { kink: 0.5 } } });
  expect(shown.at(-1)!.conventions).toMatchObject({ kink: 0.5, digits: 3 });
  const pair = { X: [[1, 2], [3, 4]], Y: [[0, 1], [1, 0]] }; // biome-ignore format: matrices
  await link.change({ config: pair });
  expect([heard.at(-1), shown.at(-1)!.network.batch]).toEqual(["patch", 2]);
  await link.change({ config: { x: [5, 6], y: [0, 1] } });
  expect([shown.at(-1)!.network.batch, shown.at(-1)!.tensors.x!.data]).toEqual([1, [5, 6]]);
});

test("a change that does not fit is one sentence, and the network stays as it was", async () => {
  const { traces, panel } = join();
  const net = twoLayer();
  traces.publish(net.backprop().trace, place(1));
  const { shown, problems, link } = panel();
  expect(await link.change({ values: { y: [1, 1] } })).toContain("the target of cross-entropy must be a distribution");
  expect([net.config, shown.length, problems]).toEqual([{}, 1, []]);
});

test("a change of an old revision is a conflict: the trace as it is now, and a sentence", async () => {
  const { traces, panel } = join();
  const net = twoLayer();
  traces.publish(net.backprop().trace, place(1));
  const { ask, heard, shown, problems } = panel();
  net.set({ x: [1, 4] });
  traces.publish(net.backprop().trace, place(2));
  ask.message({
    data: { v: 1, type: "set", id: "net", revision: 1, re: 7, values: { x: [9, 9] } },
    metadata: {},
    buffers: [],
  });
  expect(heard.slice(-2)).toEqual(["trace", "error"]);
  expect(problems).toEqual(["net was changed in the notebook meanwhile; your change was not made."]);
  expect([net.config.x, shown.at(-1)!.revision]).toEqual([[1, 4], 2]);
});

test("two panels: one changes, both show it, and each hears of it once", async () => {
  const { traces, panel } = join();
  traces.publish(twoLayer().backprop().trace, place(1));
  const [one, other] = [panel(), panel()];
  await one.link.change({ values: { b2: [0, 0] } });
  for (const { shown } of [one, other]) expect(shown.map(({ revision }) => revision)).toEqual([1, 2]);
});

test("a trace that another program wrote cannot be changed, and says so", async () => {
  const { traces, panel } = join();
  traces.publish(demoTrace(), place(1));
  expect(await panel().link.change({ values: { x: [1, 3] } })).toBe(
    "net was not made by twoLayer and cannot be changed.",
  );
});

test("what is still open when the kernel goes is answered with a sentence", async () => {
  const { panel, traces } = join();
  traces.publish(twoLayer().backprop().trace, place(1));
  const { link, close } = panel();
  close();
  const answer = link.change({ values: { x: [1, 3] } });
  link.end("The kernel has gone.");
  expect(await answer).toBe("The kernel has gone.");
});

test("twenty panels that come and go leave none behind, and none hears anything twice", () => {
  const { traces, panel } = join();
  for (let i = 0; i < 20; i++) {
    const { shown, close } = panel();
    traces.publish(withInput(i), place(i));
    expect(shown.length).toBe(i === 0 ? 1 : 2);
    close();
  }
  expect(traces.size()).toBe(0);
});
