// The checker worker: answers one question after the other, and takes the full types while nobody asks.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CheckerAnswers, ToChecker } from "../protocol.js";
import { createCompiler } from "./compile.js";
import { completions, inspection } from "./describe.js";
import { isComplete } from "./isComplete.js";

/** Quiet time after which the full types are loaded. */
const QUIET_MS = 200;

const port = (workerData as { port?: MessagePort }).port ?? (parentPort as MessagePort);
const compiler = createCompiler();
let timer = setTimeout(load, QUIET_MS);
/** Those of the latest question. */
let declarations = "";

/** A part of the full types; questions that have come meanwhile are answered before the next. */
function load(): void {
  timer = setTimeout(compiler.advance() ? warmUp : load);
}

/** What the first cell with the full types would wait for. */
function warmUp(): void {
  compiler.compile(declarations, "0", "warm-up", true);
}

function answer(question: ToChecker): CheckerAnswers[keyof CheckerAnswers] {
  switch (question.kind) {
    case "compile":
      return compiler.compile(question.declarations, question.code, question.cell, question.expression);
    case "complete":
      return completions(compiler.converter(), question.declarations, question.code, question.position);
    case "inspect":
      return inspection(compiler.converter(), question.declarations, question.code, question.position, question.detail);
    case "isComplete":
      return isComplete(question.code);
  }
}

function reason(cause: unknown): string {
  if (cause instanceof RangeError && /call stack/.test(cause.message))
    return "the code is nested too deeply for the type checker";
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

port.on("message", (question: ToChecker) => {
  clearTimeout(timer);
  if ("declarations" in question) ({ declarations } = question);
  try {
    port.postMessage({ id: question.id, answer: answer(question) });
  } catch (cause) {
    port.postMessage({ id: question.id, error: reason(cause) });
    compiler.renew();
  }
  if (!compiler.isFull()) timer = setTimeout(load, QUIET_MS);
});
