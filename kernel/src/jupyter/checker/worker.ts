// The checker worker: answers one question after the other. `undefined` says that only the full types can tell.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CheckerAnswers, ToChecker } from "../protocol.js";
import { createCompiler } from "./compile.js";
import { completions, inspection } from "./describe.js";
import { isComplete } from "./isComplete.js";

const port = parentPort as MessagePort;
const compiler = createCompiler((workerData as { full: boolean }).full);

function answer(question: ToChecker): CheckerAnswers[keyof CheckerAnswers] | undefined {
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

port.on("message", (question: ToChecker) => {
  try {
    port.postMessage({ id: question.id, answer: answer(question) });
  } catch (cause) {
    port.postMessage({
      id: question.id,
      error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    });
  }
});
