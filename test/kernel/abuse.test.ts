import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Client, type Message, startKernel } from "./client.js";

const kernels: Client[] = [];
const start = async (options = {}) => {
  const kernel = await startKernel(options);
  kernels.push(kernel);
  return kernel;
};
afterEach(async () => {
  for (const kernel of kernels.splice(0)) await kernel.stop();
});

const alive = async (kernel: Client) => expect((await kernel.execute("6 * 7")).result).toEqual({ "text/plain": "42" });

describe("the kernel lives through", () => {
  test("wrong signatures, missing delimiters, truncated JSON, empty messages, headers of the wrong type", async () => {
    const kernel = await start();
    const header = JSON.stringify({
      msg_id: "1",
      msg_type: "execute_request",
      session: "s",
      username: "u",
      version: "5.4",
    });
    const content = JSON.stringify({ code: "throw 'must not run'" });
    const signed = (parts: string[]) => ["<IDS|MSG>", kernel.sign(parts), ...parts];
    for (const channel of ["shell", "control", "stdin"] as const) {
      kernel.sendRaw(channel, ["<IDS|MSG>", "0".repeat(64), header, "{}", "{}", content]);
      kernel.sendRaw(channel, ["<IDS|MSG>", "", header, "{}", "{}", content]);
      kernel.sendRaw(channel, [header, "{}", "{}", content]);
      kernel.sendRaw(channel, signed([header, "{}", "{}", content.slice(0, -3)]));
      kernel.sendRaw(channel, signed([header.slice(0, 9), "{}", "{}", content]));
      kernel.sendRaw(channel, signed(["[]", "{}", "{}", content]));
      kernel.sendRaw(channel, signed(["null", "null", "null", "null"]));
      kernel.sendRaw(channel, ["<IDS|MSG>"]);
      kernel.sendRaw(channel, [""]);
    }
    await alive(kernel);
    expect(kernel.seen.some(({ message }) => message.parent_header.msg_id === "1")).toBe(false);
  });

  test("10,000 requests at once: every one is answered", async () => {
    const kernel = await start();
    const ids = Array.from({ length: 10_000 }, () => kernel.send("shell", "kernel_info_request", {}));
    await kernel.reply(ids.at(-1) ?? "");
    const answered = new Set(
      kernel.seen.filter(({ channel }) => channel === "shell").map(({ message }) => message.parent_header.msg_id),
    );
    expect(ids.filter((id) => !answered.has(id))).toEqual([]);
    await alive(kernel);
  });

  test("100 MB of output: all of it arrives", async () => {
    const kernel = await start();
    const { messages } = await kernel.execute(
      "const line = 'x'.repeat(1e5 - 1); for (let i = 0; i < 1000; i++) console.log(line)",
    );
    const length = messages
      .filter((message) => message.header.msg_type === "stream")
      .reduce((sum, message) => sum + message.content.text.length, 0);
    expect(length).toBe(1e8);
    await alive(kernel);
  });

  test("a cell that is too much for the type checker: it starts again and knows the declarations", async () => {
    const kernel = await start();
    await kernel.execute("const before = 'known'");
    const { reply } = await kernel.execute("x.y(1, [2, { z: 3 }]);\n".repeat(400_000));
    expect(reply).toMatchObject({ status: "error", ename: "CheckerError" });
    expect(reply.evalue).toContain("the type checker stopped and was started again");
    expect((await kernel.execute("before.length")).result).toEqual({ "text/plain": "5" });
  });

  test("code that is nested too deeply for the compiler, in a cell, a completion and an inspection", async () => {
    const kernel = await start();
    await kernel.execute("const before = 'known'");
    for (const part of ["(", "[", "a?.b("]) {
      const code = `(${part.repeat(20_000)}`;
      const { reply } = await kernel.execute(code);
      expect(reply.status).toBe("error");
      for (const type of ["complete_request", "inspect_request", "is_complete_request"])
        await kernel.request(type, { code, cursor_pos: code.length });
    }
    expect((await kernel.execute("before.length")).result).toEqual({ "text/plain": "5" });
  });

  test("requests of unknown types and with contents of wrong types, on every channel", async () => {
    const kernel = await start();
    for (const type of ["nonsense", "nonsense_request", "", "constructor", "__proto__", "toString"])
      for (const channel of ["shell", "control", "stdin"] as const) kernel.send(channel, type, { code: "1" });
    for (const content of [
      null,
      [],
      "text",
      7,
      { code: { length: 1 } },
      { comm_id: [], data: 3 },
      { code: "1", silent: "no" },
    ])
      for (const type of ["execute_request", "comm_open", "comm_msg", "comm_close", "input_reply", "complete_request"])
        kernel.send("shell", type, content);
    const id = kernel.send("shell", "__proto__", {});
    expect((await kernel.reply(id)).content).toMatchObject({ status: "error", ename: "UnknownRequest" });
    await alive(kernel);
  });

  test("10,000 cells queued at once: each is run and answered in order", async () => {
    const kernel = await start();
    await kernel.execute("let queued = 0");
    const ids = Array.from({ length: 10_000 }, (_, i) => kernel.start(i % 10 === 0 ? "queued += 10" : ""));
    await kernel.reply(ids.at(-1) ?? "", "shell", 60_000);
    const replies = kernel.seen.filter(({ channel }) => channel === "shell").map(({ message }) => message);
    const answered = replies.filter(({ parent_header }) => ids.includes(parent_header.msg_id ?? "")).length;
    expect(answered).toBe(10_000);
    expect((await kernel.execute("queued")).result).toEqual({ "text/plain": "10000" });
  });

  test("a worker thread of a cell that crashes, and a child process that is killed", async () => {
    const kernel = await start();
    const crash = await kernel.execute(
      "import { Worker } from 'worker_threads'\nconst w = new Worker('throw new Error(\"crash\")', { eval: true }); const code = await new Promise((r) => w.once('exit', r)); code",
    );
    expect(crash.result).toEqual({ "text/plain": "1" });
    await kernel.find("iopub", ({ content }) => content.name === "stderr" && content.text.includes("crash"), "crash");
    const killed = await kernel.execute(
      "import { spawn } from 'child_process'\nconst c = spawn('sleep', ['60']); c.kill('SIGKILL'); await new Promise((r) => c.on('exit', (_, signal) => r(signal)))",
    );
    expect(killed.result).toEqual({ "text/plain": "'SIGKILL'" });
    await alive(kernel);
  });

  test("recursion without end, in a cell, in its display, in a getter and in an error's message", async () => {
    const kernel = await start();
    const deep = "const deep = (): any => deep();";
    for (const code of [
      `${deep} deep()`,
      `${deep} ({ [Symbol.for('Jupyter.display')]: deep })`,
      `${deep} throw { get stack() { return deep() }, message: 'm' }`,
      `${deep} class E extends Error { override get message(): any { return deep() } }; throw new E()`,
      "let nest: any = []; for (let i = 0; i < 1e5; i++) nest = [nest]; nest",
      "let chain: any = 1; for (let i = 0; i < 1e5; i++) chain = { data: [chain], layout: {} }; chain",
    ])
      expect(["ok", "error"]).toContain((await kernel.execute(code)).reply.status);
    await alive(kernel);
  });

  test("two clients that send at once: each gets its own replies, both see everything", async () => {
    const kernel = await start();
    const other = await kernel.another();
    const mine = Array.from({ length: 20 }, (_, i) => kernel.start(`'mine ${i}'`));
    const theirs = Array.from({ length: 20 }, (_, i) => other.start(`'theirs ${i}'`));
    await Promise.all([...mine.map((id) => kernel.idle(id)), ...theirs.map((id) => kernel.idle(id))]);
    await Promise.all([...mine.map((id) => kernel.reply(id)), ...theirs.map((id) => other.reply(id))]);
    const own = (client: Pick<Client, "seen">, ids: string[]) =>
      client.seen.filter(
        ({ channel, message }) => channel === "shell" && ids.includes(message.parent_header.msg_id ?? ""),
      );
    expect([own(kernel, theirs).length, own(other, mine).length]).toEqual([0, 0]);
    other.close();
    await alive(kernel);
  });

  test("20,000 console lines: all arrive, in order, merged into few messages", async () => {
    const kernel = await start();
    const { stdout, stderr, messages } = await kernel.execute(
      "for (let i = 0; i < 20000; i++) console.log(i)\nconsole.error('end')",
    );
    expect(stdout).toBe(Array.from({ length: 20000 }, (_, i) => `${i}\n`).join(""));
    expect(stderr).toBe("end\n");
    expect(messages.length).toBeLessThan(200);
  });
});

describe("one kernel, one cell after the other, lives through", () => {
  let kernel: Client;
  beforeAll(async () => {
    kernel = await startKernel();
  });
  afterAll(() => kernel.stop());

  const RESTART = "would end the kernel and lose the notebook's variables; to start afresh use the notebook's Restart";
  const shown = (display: string) => `({ [Symbol.for('Jupyter.display')]: ${display} })`;
  const asked = "{ get() { throw new Error('asked') } }";

  test.each([
    ["process.exit()", "process.exit(1)", `process.exit() ${RESTART}`],
    ["process.abort()", "process.abort()", `process.abort() ${RESTART}`],
    ["what process.exit() calls", "(process as any).reallyExit(1)", `process.reallyExit() ${RESTART}`],
    ["an array that cannot be", "new Array(2 ** 32)", "Invalid array length"],
    ["memory that is not there", "new ArrayBuffer(2 ** 52)", "Array buffer allocation failed"],
    ["a text that is too long", "'x'.repeat(2 ** 29)", "Invalid string length"],
    [
      "an error whose properties throw",
      "throw { get message() { throw 1 }, get stack() { throw 2 } }",
      "cannot be shown",
    ],
    ["an error that is a hostile proxy", `throw new Proxy(new Error('p'), ${asked})`, "cannot be shown"],
    [
      "a proxy that is gone",
      "const gone = Proxy.revocable([], {}); gone.revoke(); throw gone.proxy",
      "cannot be shown",
    ],
    [
      "an error that causes itself",
      "const ring: any = new Error('own cause'); ring.cause = ring; throw ring",
      "own cause",
    ],
    [
      "errors that hold themselves",
      "const all: any = new AggregateError([], 'held'); all.errors = [all]; throw all",
      "held",
    ],
    ["a display that holds a ring", shown("() => ({ 'application/json': ring })"), "must be JSON"],
    [
      "a display that is no text",
      shown("() => ({ 'text/html': null })"),
      "text/html of a MIME bundle must be a text, got null",
    ],
  ])("%s, as an error", async (_, code, said) => {
    const { reply } = await kernel.execute(code);
    expect([reply.status, reply.evalue]).toEqual(["error", expect.stringContaining(said)]);
    await alive(kernel);
  });

  test.each([
    ["a ring", "const round: any = { a: 1 }; round.self = round; round", "<ref *1> { a: 1, self: [Circular *1] }"],
    ["a getter that throws", "({ get far() { throw new Error('asked') } })", "{ far: [Getter] }"],
    ["a proxy that throws", `new Proxy({ a: 1 }, ${asked})`, "{ a: 1 }"],
    ["a proxy that is gone", "const left = Proxy.revocable({}, {}); left.revoke(); left.proxy", "<Revoked Proxy>"],
    ["a display that throws", shown("() => { throw new Error('no show') }"), "its Jupyter.display threw no show"],
    ["a display that gives nothing", shown("() => ({})"), "its Jupyter.display gave {} where"],
    [
      "an inspection that throws",
      "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no look') } })",
      "no look",
    ],
    ["a name that throws", "Object.create({ get [Symbol.toStringTag]() { throw new Error('no tag') } })", "no tag"],
    ["a then that is no function", "({ then: 5, constructor: null })", "{ then: 5, constructor: null }"],
    [
      "an array with four thousand million holes",
      "const holes: any[] = []; holes[4e9] = 1; holes",
      "<4000000000 empty items>, 1",
    ],
    [
      "arrays in arrays, 100,000 deep",
      "let nest: any = []; for (let i = 0; i < 1e5; i++) nest = [nest]; nest",
      "[Array]",
    ],
    ["lone surrogates", "console.log('\\ud83d!', '\\\\ud83d', '😀')", "\ufffd! \\ud83d 😀\n"],
    [
      "half a character, then the other half",
      "const [a, b] = Buffer.from('é'); process.stdout.write(Buffer.of(a)); process.stdout.write(Buffer.of(b)); 0",
      "é",
    ],
  ])("%s, shown", async (_, code, wanted) => {
    const { reply, result, stdout } = await kernel.execute(code);
    expect([reply.status, `${stdout}${result?.["text/plain"] ?? ""}`]).toEqual(["ok", expect.stringContaining(wanted)]);
    await alive(kernel);
  });

  test.each([
    [
      "a promise that nobody awaits",
      "void Promise.reject(new Error('nobody waits')); 0",
      "Uncaught (in a promise)",
      "nobody waits",
    ],
    ["a throw in a timer", "setTimeout(() => { throw new Error('from a timer') }, 1); 0", "Uncaught", "from a timer"],
    [
      "a throw when the cell has taken all listeners away",
      "process.removeAllListeners(); setTimeout(() => { throw new Error('unheard') }, 1); 0",
      "Uncaught",
      "unheard",
    ],
    [
      "a listener of uncaught errors that throws",
      "process.on('uncaughtException', () => { throw new Error('again') }); setTimeout(() => { throw new Error('first') }, 1); 0",
      "in a listener of uncaughtException",
      "again",
    ],
  ])("%s, reported under its cell", async (_, code, how, what) => {
    const { id } = await kernel.execute(code);
    const isReport = ({ content }: Message) =>
      content.name === "stderr" && content.text.includes(what) && content.text.includes(how);
    const report = await kernel.find("iopub", isReport, "stderr");
    expect(report.parent_header.msg_id).toBe(id);
    await alive(kernel);
  });

  test("a message and a gathering of errors that no page could hold, shortened", async () => {
    const { reply } = await kernel.execute("throw new Error('x'.repeat(1e6))");
    expect(reply.evalue).toMatch(/x… 990,000 more characters$/);
    const gathered = "throw new AggregateError(Array.from({ length: 1e4 }, (_, i) => new Error('e' + i)), 'many')";
    expect((await kernel.execute(gathered)).traceback).toMatch(/\n {2}e9\n {2}… and 9,990 more$/);
    const line = `const before = '${"b".repeat(5000)}'; nowhere; const after = '${"a".repeat(5000)}'`;
    expect((await kernel.execute(line)).traceback.length).toBeLessThan(1200);
  });
});
