// Plots in a real cell: both MIME types, the bar of a long sweep, and an interrupt in the middle of one.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute('import { autodiff, plot } from "nabla"; const where = "a: scalar, b: scalar";');
});
afterAll(() => kernel.stop());

describe("the last expression of a cell that is a plot", () => {
  test.each([
    ["a line", 'plot("relu(a)", { a: [-1, 1] }, { where })'],
    ["level lines", 'plot.contour("a^2 + b^2", { a: [-1, 1], b: [-1, 1] }, { where }).descent({ rate: 0.1 }).quiver()'],
    ["a surface", 'plot.surface("a*b", { a: [-1, 1], b: [-1, 1] }, { where })'],
    ["a gradient check", 'plot.gradientCheck("sin(a)", "a", { a: 1 }, { where })'],
    ["a graph", 'plot.graph(autodiff("a sin(a + b)", { a: 1, b: 2 }))'],
  ])("%s is shown as a figure and as a picture", async (_name, code) => {
    const { reply, result, traceback } = await kernel.execute(code);
    expect([traceback, reply.status]).toEqual(["", "ok"]);
    expect(Object.keys(result)).toEqual(["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
    expect(Buffer.from(result["image/png"], "base64").subarray(1, 4).toString()).toBe("PNG");
    expect(result["application/vnd.plotly.v1+json"].data.length).toBeGreaterThan(0);
  });

  test("is checked: a misspelt option and a range of three numbers are type errors", async () => {
    const { traceback } = await kernel.execute('plot("a", { a: [0, 1] }, { were: "a: scalar" })');
    expect(traceback).toContain("'were' does not exist in type");
    const { traceback: range } = await kernel.execute('plot("a", { a: [0, 1, 2] }, { where })');
    expect(range).toContain("not assignable to type");
  });

  test("that cannot be drawn says which symbols have no number", async () => {
    const { traceback } = await kernel.execute('plot("a*b", { a: [0, 1] }, { where })');
    expect(traceback).toContain("NablaError [bad_argument]: plot: no value given for b");
  });
});

/** Every point is the determinant of a large matrix: minutes. */
const LONG = `const X = Array.from({ length: 200 }, (_, i) => Array.from({ length: 200 }, (_, j) => Math.sin(i * j) + (i === j ? 99 : 0)));
plot.surface("logdet(a*X + b*eye(n))", { a: [1, 2], b: [0, 1] }, { where: "X: n×n, a: scalar, b: scalar", at: { X }, points: 300 }).numbers()`;

test("a long sweep shows a bar while it runs, and an interrupt ends it", async () => {
  const id = kernel.start(LONG);
  const isBar = (m: { parent_header: { msg_id?: string }; header: { msg_type: string } }) =>
    m.parent_header.msg_id === id && m.header.msg_type === "display_data";
  const bar = await kernel.find("iopub", isBar, "bar");
  expect(bar.content.data["text/html"]).toMatch(
    /^<progress value="\d+" max="90000"><\/progress> \d+\/90000 points of the surface/,
  );
  await kernel.interrupt();
  const { reply } = await kernel.outcome(id);
  expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect((await kernel.execute("1 + 1")).result).toEqual({ "text/plain": "2" });
});
