// The checker worker: answers one question after the other; when none has come for a while it takes the full types of Node.

import { type MessagePort, parentPort } from "node:worker_threads";
import type { CheckerAnswers, ToChecker } from "../protocol.js";
import { createCompiler } from "./compile.js";
import { completions, inspection } from "./describe.js";
import { isComplete } from "./isComplete.js";

/** Quiet time after which the upgrade (a second or two of work) is unlikely to keep anyone waiting. */
const IDLE_MS = 3000;

const port = parentPort as MessagePort;
const compiler = createCompiler();
let timer = setTimeout(upgrade, IDLE_MS);

function upgrade(): void {
  if (!compiler.isFull()) compiler.upgrade();
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

port.on("message", (question: ToChecker) => {
  clearTimeout(timer);
  try {
    port.postMessage({ id: question.id, answer: answer(question) });
  } catch (cause) {
    port.postMessage({
      id: question.id,
      error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    });
  }
  if (!compiler.isFull()) timer = setTimeout(upgrade, IDLE_MS);
});
