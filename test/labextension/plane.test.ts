// @vitest-environment happy-dom
import { nullTranslator } from "@jupyterlab/translation";
import { type NetworkConfig, outputsOf, training } from "nabla";
import { expect, test } from "vitest";
import { planeSentence, planeView } from "../../labextension/src/panel/training/plane.js";
import { PRESETS } from "../../labextension/src/setup/presets.js";
import { boundary, planeOf } from "../../labextension/src/train/plane.js";

const trans = nullTranslator.load("jupyterlab_nabla");
const xor = PRESETS.find(({ id }) => id === "xor")!.config;
const trained = (): NetworkConfig => ({ ...xor, ...[...training(xor, { steps: 200 })].at(-1)!.parameters() });

test("a trained XOR has its four samples on the right sides, with the boundary between them", () => {
  const plane = planeOf(trained(), outputsOf)!;
  expect(plane.samples.map(({ wanted, answered }) => [wanted, answered])).toEqual([
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  expect(planeSentence(plane, { trans })).toBe("4 of 4 samples on the right side.");
  expect(new Set(plane.classes)).toEqual(new Set([0, 1]));
  expect(boundary(plane).length).toBeGreaterThan(plane.size);
});

test("between two classes the boundary is where both are equally likely", () => {
  const plane = planeOf(trained(), outputsOf)!;
  const { from, to, size } = plane;
  for (const [x1, y1] of boundary(plane)) {
    const x = from[0] + (x1 / size) * (to[0] - from[0]);
    const y = to[1] - (y1 / size) * (to[1] - from[1]);
    expect(Math.abs(outputsOf(trained(), [[x, y]])[0]![0]! - 0.5)).toBeLessThan(0.02);
  }
});

test("three classes are told apart by the edges of their cells", () => {
  const three: NetworkConfig = {
    sizes: [2, 4, 3],
    seed: 3,
    X: [
      [0, 0],
      [1, 1],
      [2, 0],
    ],
    Y: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
  const plane = planeOf(three, outputsOf)!;
  expect(plane.classCount).toBe(3);
  for (const [x1, y1, x2, y2] of boundary(plane)) expect(Math.abs(x2 - x1) + Math.abs(y2 - y1)).toBe(1);
});

test("one output above ½ is class 2", () => {
  const one: NetworkConfig = {
    sizes: [2, 3, 1],
    seed: 5,
    loss: "binary-cross-entropy",
    X: [
      [0, 0],
      [1, 2],
    ],
    Y: [[0], [1]],
  };
  expect(planeOf(one, outputsOf)!.samples.map(({ wanted }) => wanted)).toEqual([0, 1]);
});

test("there is no plane of three inputs, nor of targets that are no classes", () => {
  expect(planeOf({ sizes: [3, 3, 2], x: [1, 2, 3], y: [0, 1] }, outputsOf)).toBeUndefined();
  expect(planeOf({ loss: "mse", x: [1, 2], y: [0.3, 0.7] }, outputsOf)).toBeUndefined();
});

test("the picture has a mark with the number of its class for every sample", () => {
  const picture = planeView(planeOf(xor, outputsOf)!, 300, "classes");
  const marks = Array.from(picture.querySelectorAll("circle + text"), (text) => text.textContent);
  expect(marks).toEqual(["1", "2", "2", "1"]);
  expect(picture.getAttribute("aria-label")).toBe("classes");
});
