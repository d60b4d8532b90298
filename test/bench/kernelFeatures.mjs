// What a kernel can do, by asking it: each probe sends messages to a running kernel and says what came back.

import { stripVTControlCharacters } from "node:util";

/** An answer that has not come by then is none. */
const PATIENCE_MS = 15_000;
/** An interrupt that has not worked by then does not. */
const INTERRUPT_MS = 3000;
const LINES = 20_000;
/** Deno's result may come after its idle, by as much on a busy machine. */
const LATE_MS = 1000;

const yes = (condition) => (condition ? "yes" : "no");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const patience = PATIENCE_MS;

/** The content of the first message of a kind that a request has caused; an empty record where there is none. */
const published = async (kernel, id, type) =>
  (await kernel.find((m) => m.parent === id && m.type === type, LATE_MS))?.content ?? {};

/** Name of the feature to its probe of a kernel and its cells; each starts with a kernel that works. */
export const FEATURES = {
  "result of a cell as execute_result": async (kernel, { noop }) => {
    const { id } = await kernel.execute(noop, { patience });
    return yes((await published(kernel, id, "execute_result")).data);
  },
  "an object shows itself in HTML": async (kernel, { rich }) => {
    const { id } = await kernel.execute(rich, { patience });
    return yes((await published(kernel, id, "execute_result")).data?.["text/html"] === "<b>x</b>");
  },
  "exception as an error message": async (kernel, { fail }) => {
    const { id } = await kernel.execute(fail, { patience });
    const { ename, traceback } = await published(kernel, id, "error");
    return yes(ename && traceback.length > 0);
  },
  "an exception shows its line of the cell": async (kernel, { fail }) => {
    const { id } = await kernel.execute(fail, { patience });
    const { traceback = [] } = await published(kernel, id, "error");
    return yes(stripVTControlCharacters(traceback.join("\n")).includes(fail));
  },
  "a list of records as a table": async (kernel, { records }) => {
    const { id } = await kernel.execute(records, { patience });
    return yes((await published(kernel, id, "execute_result")).data?.["text/html"]?.includes("<table"));
  },
  "a constant can be declared again": async (kernel, { again }) => {
    for (const code of again) if ((await kernel.execute(code, { patience })).content?.status !== "ok") return "no";
    return "yes";
  },
  "type error before the cell runs": async (kernel, { wrongType }) => {
    if (!wrongType) return "–";
    const { id, content } = await kernel.execute(wrongType, { patience });
    if (content?.status !== "error") return "no";
    return (await published(kernel, id, "error")).ename ? "yes" : "as text";
  },
  completion: async (kernel, { completion }) => yes((await complete(kernel, completion)).content?.matches?.length),
  "completion while a cell runs": async (kernel, { wait, completion }) => {
    const { id } = kernel.start(wait);
    await pause(100);
    const { content } = await complete(kernel, completion);
    const wasRunning = !kernel.seen.some((m) => m.parent === id && m.type === "execute_reply");
    await kernel.idle(id, patience);
    return yes(content?.matches?.length && wasRunning);
  },
  hover: async (kernel, cells) => yes((await inspect(kernel, cells)).content?.found),
  "hover with documentation": async (kernel, { documented, ...cells }) => {
    const until = performance.now() + patience;
    const told = async () => documented.test(JSON.stringify((await inspect(kernel, cells)).content?.data ?? {}));
    while (performance.now() < until) {
      if (await told()) return "yes";
      // A kernel may load its documentation when it is idle.
      await pause(3000);
    }
    return "no";
  },
  is_complete: async (kernel, { unfinished, noop }) => {
    const ask = async (code) => (await kernel.request("is_complete_request", { code }, { patience })).content?.status;
    return yes((await ask(unfinished)) === "incomplete" && (await ask(noop)) === "complete");
  },
  history: async (kernel, { noop }) => {
    await kernel.execute(noop, { patience });
    const wanted = { hist_access_type: "tail", n: 1, output: false, raw: true };
    return yes((await kernel.request("history_request", wanted, { patience })).content?.history?.[0]?.[2] === noop);
  },
  user_expressions: async (kernel, { noop }) => {
    const { content } = await kernel.execute(noop, { user_expressions: { sum: "6 * 7" }, patience });
    return yes(content?.user_expressions?.sum?.data?.["text/plain"]?.includes("42"));
  },
  "silent cells": async (kernel, { noop }) => {
    const { id } = await kernel.execute(noop, { silent: true, store_history: false, patience });
    return yes(!kernel.seen.some((m) => m.parent === id && /execute_(input|result)/.test(m.type)));
  },
  "input from the user": async (kernel, { input }) => {
    if (!input) return "no";
    const { id } = kernel.start(input, { allow_stdin: true });
    const asked = await kernel.find((m) => m.channel === "stdin" && m.type === "input_request", patience);
    if (asked) kernel.send("stdin", "input_reply", { value: "me" });
    await kernel.idle(id, patience);
    return yes(asked && JSON.stringify(await published(kernel, id, "execute_result")).includes("me"));
  },
  comm_info: async (kernel) =>
    yes((await kernel.request("comm_info_request", {}, { patience })).content?.comms !== undefined),
  "unknown comm targets are closed": async (kernel) => {
    const content = { comm_id: "bench", target_name: "nobody", data: {} };
    const { id } = kernel.send("shell", "comm_open", content);
    return yes(await kernel.find((m) => m.parent === id && m.type === "comm_close", patience));
  },
  "control answers while a cell is busy, ms": (kernel, cells) =>
    whileBusy(kernel, cells, async () => (await kernel.request("kernel_info_request", {}, { channel: "control" })).ms),
  "heartbeat while a cell is busy, ms": (kernel, cells) => whileBusy(kernel, cells, () => kernel.beat()),
  [`lines received of ${LINES}`]: async (kernel, { print }) => {
    const { id, content } = await kernel.execute(print(LINES), { patience: 4 * patience });
    const text = kernel.published(id, "stream").reduce((all, { content: { text: more } }) => all + more, "");
    const lines = text.split("\n").length - 1;
    return content ? String(lines) : `${lines}, never idle`;
  },
  "interrupt of a loop": (kernel, cells) => interrupt(kernel, cells, "loop"),
  "interrupt of an await": (kernel, cells) => interrupt(kernel, cells, "await"),
  "interrupt of a loop after an await": (kernel, cells) => interrupt(kernel, cells, "loop after an await"),
  "interrupt of a loop in a timer": (kernel, cells) => interrupt(kernel, cells, "loop in a timer"),
  "interrupt of a child process that is waited for": (kernel, cells) => interrupt(kernel, cells, "child process"),
  "welcome message": (kernel) => yes(kernel.seen.some(({ type }) => type === "iopub_welcome")),
  debugger: async (kernel) => yes((await info(kernel)).debugger || features(await info(kernel)).includes("debugger")),
  subshells: async (kernel) => yes(features(await info(kernel)).includes("kernel subshells")),
};

const info = async (kernel) => (await kernel.request("kernel_info_request", {}, { patience })).content ?? {};
const features = ({ supported_features = [] }) => supported_features;

export const complete = (kernel, code) =>
  kernel.request("complete_request", { code, cursor_pos: code.length }, { patience });

const inspect = (kernel, { hover: [code, cursor_pos] }) =>
  kernel.request("inspect_request", { code, cursor_pos, detail_level: 0 }, { patience });

async function whileBusy(kernel, { spin }, ask) {
  const { id } = kernel.start(spin);
  await pause(200);
  const ms = await Promise.race([ask(), pause(patience)]);
  await kernel.reply(id, patience);
  return ms === undefined ? "no answer" : ms.toFixed(0);
}

/** By interrupt_request, and by SIGINT where that does nothing; the variables must be there afterwards. */
async function interrupt(kernel, { endless, keep, kept }, which) {
  await kernel.execute(keep, { patience });
  const { id } = kernel.start(endless[which]);
  await pause(500);
  const sent = performance.now();
  kernel.send("control", "interrupt_request", {});
  let how = "";
  let answer = await kernel.reply(id, INTERRUPT_MS);
  if (!answer) {
    process.kill(kernel.pid, "SIGINT");
    how = ", SIGINT";
    answer = await kernel.reply(id, INTERRUPT_MS);
  }
  if (!answer) return "no";
  const state = await kernel.execute(kept, { patience });
  const shows = ({ parent, content }) => parent === state.id && JSON.stringify(content).includes("42");
  const isKept = (await kernel.find(shows, INTERRUPT_MS)) !== undefined;
  const ms = how ? "" : ` (${(answer.at - sent).toFixed(0)} ms)`;
  return isKept ? `yes${ms}${how}` : `state lost${how}`;
}
