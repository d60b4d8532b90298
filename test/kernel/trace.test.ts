import { describe, expect, test } from "vitest";
import { shownVariable } from "../../kernel/src/jupyter/shownVariable.js";
import { createTraces } from "../../kernel/src/jupyter/trace.js";
import { demoTrace } from "../labextension/fixture.js";

describe("the variable that a trace is known by", () => {
  test.each([
    ["net.backprop()", "net"],
    ["const net = mlp()\nnet.backprop({ x: [1] }) // again", "net"],
    ["net.backprop() /* other.backprop() */", "net"],
    ["net // the first\n  .backprop()", "net"],
    ["net\n  /* by\n  hand */\n  .backprop({\n    x: [1],\n  })\n// done\n", "net"],
    ["first.backprop()\nsecond.backprop();\n", "second"],
    ["model.layers.net.backprop()", "model.layers.net"],
    ["nets[0].backprop()", "nets[0]"],
    ["net!.backprop()", "net"],
    ["net?.backprop()", "net"],
    ["await net.backprop()", "net"],
    ["display(net.backprop(a))", "net"],
    ["const t = net.backprop()", "net"],
    ["const t = net.backprop()\nt", "t"],
    ["`other.backprop(`; größe.backprop('x.backprop(')", "größe"],
    ["network('relu(X W)').backprop()", undefined],
    ["nabla.network('relu(X W)').backprop({ x })", undefined],
    ["net.with({ activation: 'relu' })\n  .backprop()", undefined],
    ["load().net.backprop()", undefined],
    ["new Net().backprop()", undefined],
    ["(await load()).backprop()", undefined],
    ["net.backprop(); 0", undefined],
    ["", undefined],
  ])("%j: %s", (code, variable) => expect(shownVariable(code)).toBe(variable));
});

const comms = { register: () => () => undefined } as never;

test("networks without a name in two cells are two traces, in one cell the next revision", () => {
  const traces = createTraces(comms);
  const place = (executionCount: number) => ({ executionCount, code: "network('relu(X W)').backprop()" });
  const of = (executionCount: number) => {
    const { id, revision } = traces.publish(demoTrace(), place(executionCount));
    return `${id} ${revision}`;
  };
  const { id } = demoTrace();
  expect([of(3), of(4), of(3)]).toEqual([`${id} in [3] 1`, `${id} in [4] 1`, `${id} in [3] 2`]);
});
