import {
  BUFFER_FROM,
  type KernelTraceMessage,
  type PanelMessage,
  packTensors,
  TRACE_PROTOCOL,
  type TraceDocument,
  tracePatch,
} from "nabla";
import { expect, test } from "vitest";
import { type Frames, TraceLink } from "../../labextension/src/live/link.js";
import { demoTrace } from "./fixture.js";

/** A link whose kernel is the test. */
function talk() {
  const sent: PanelMessage[] = [];
  const shown: TraceDocument[] = [];
  const problems: string[] = [];
  const stale = { count: 0 };
  const link = new TraceLink((message) => sent.push(message), {
    live: (document) => shown.push(document),
    stale: () => stale.count++,
    listed: () => undefined,
    problem: (sentence) => problems.push(sentence),
  });
  const hears = (message: object, frames?: Frames) => link.receive({ v: 1, ...message }, frames);
  const welcome = (...ids: string[]) =>
    hears({ type: "welcome", traces: ids.map((id) => ({ id, revision: 1, title: id })) });
  return { link, sent, shown, problems, stale, hears, welcome };
}

const revision = (number: number, x = number): TraceDocument => {
  const trace = demoTrace({ revision: number });
  return { ...trace, tensors: { ...trace.tensors, x: { ...trace.tensors.x!, data: [x, 2] } } };
};
const patch = (from: TraceDocument, to: TraceDocument): object => tracePatch(from, to) as KernelTraceMessage & object;

test("after the welcome the newest trace is watched, once", () => {
  const { link, sent, welcome } = talk();
  link.hello();
  welcome("old", "demo");
  welcome("old", "demo");
  expect(sent).toEqual([
    { v: 1, type: "hello", accepts: [1] },
    { v: 1, type: "watch", id: "demo" },
  ]);
});

test("a newer trace takes the place of the watched one", () => {
  const { sent, welcome } = talk();
  welcome("demo");
  welcome("demo", "other");
  expect(sent.map((message) => message.type)).toEqual(["watch", "unwatch", "watch"]);
});

test("a repeated or an older revision is shown no second time", () => {
  const { hears, shown, welcome } = talk();
  welcome("demo");
  for (const number of [2, 2, 1, 3]) hears({ type: "trace", document: revision(number) });
  expect(shown.map((document) => document.revision)).toEqual([2, 3]);
});

test("a patch changes what it names and nothing else", () => {
  const { hears, shown, welcome } = talk();
  welcome("demo");
  hears({ type: "trace", document: revision(1) });
  hears(patch(revision(1), revision(2)));
  expect(shown.at(-1)).toEqual(revision(2));
});

test("a gap in the revisions is answered with get, and the whole document closes it", () => {
  const { hears, sent, shown, welcome } = talk();
  welcome("demo");
  hears({ type: "trace", document: revision(1) });
  hears(patch(revision(2), revision(3)));
  expect(sent.at(-1)).toEqual({ v: 1, type: "get", id: "demo" });
  hears({ type: "trace", document: revision(3) });
  expect(shown.map((document) => document.revision)).toEqual([1, 3]);
});

test("traces that are not watched, other versions and nonsense change nothing", () => {
  const { hears, link, problems, shown, welcome } = talk();
  welcome("demo");
  hears({ type: "trace", document: demoTrace({ id: "other" }) });
  for (const nonsense of [null, 7, "x", {}, { v: 1 }]) link.receive(nonsense);
  expect([shown, problems]).toEqual([[], []]);
  hears({ v: 2, type: "trace", document: demoTrace() });
  expect(problems).toEqual([`The kernel speaks version 2 of the trace protocol; this panel speaks ${TRACE_PROTOCOL}.`]);
});

test("a faulty document is one sentence and the last good one stays", () => {
  const { hears, link, problems, welcome } = talk();
  welcome("demo");
  hears({ type: "trace", document: revision(1) });
  hears({ type: "trace", document: { ...revision(2), steps: [] } });
  expect(problems).toEqual(["The trace has no steps."]);
  expect(link.document?.revision).toBe(1);
});

test("gone and stale reach the panel for the watched trace only", () => {
  const { hears, stale, welcome } = talk();
  welcome("demo");
  hears({ type: "stale", id: "other" });
  hears({ type: "stale", id: "demo" });
  hears({ type: "gone", id: "demo" });
  expect(stale.count).toBe(2);
});

test("large tensors travel as float64 frames and come back exactly", () => {
  const { hears, shown, welcome } = talk();
  const data = Array.from({ length: BUFFER_FROM }, (_, i) => Math.sin(i) / 3);
  const trace = demoTrace();
  const big = {
    ...trace,
    tensors: { ...trace.tensors, x: { ...trace.tensors.x!, shape: [BUFFER_FROM, 1] as const, data } },
  };
  const { tensors, names, buffers } = packTensors(big.tensors);
  expect(names).toEqual(["x"]);
  welcome("demo");
  hears({ type: "trace", document: { ...big, tensors }, buffers: names }, buffers);
  expect(shown[0]?.tensors.x?.data).toEqual(data);
});

test("a frame of the wrong length is a sentence, not a wrong picture", () => {
  const { hears, problems, welcome } = talk();
  const trace = demoTrace();
  const tensors = { ...trace.tensors, x: { ...trace.tensors.x!, data: [] } };
  welcome("demo");
  hears({ type: "trace", document: { ...trace, tensors }, buffers: ["x"] }, [new ArrayBuffer(8)]);
  expect(problems).toEqual(["The tensor x is 2×1 but has 0 numbers."]);
});
