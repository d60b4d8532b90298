import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, type Message, startKernel } from "./client.js";

// Protocol 5.4, message by message: each row is a request, the fields of its reply and their types. A field too many, too few or of
// another type fails.

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute("/** Adds. */\nfunction add(a: number, b: number) { return a + b }\nconst point = { width: 1 }");
});
afterAll(() => kernel.stop());

type Kind = "string" | "number" | "boolean" | "array" | "object";
type Fields = Record<string, Kind>;

const ERROR: Fields = { status: "string", ename: "string", evalue: "string", traceback: "array" };

/** Type of the request, what it says, the channels that take it, the fields of its reply. */
const REQUESTS: [type: string, content: object, channels: ("shell" | "control")[], reply: Fields][] = [
  [
    "kernel_info_request",
    {},
    ["shell", "control"],
    {
      status: "string",
      protocol_version: "string",
      implementation: "string",
      implementation_version: "string",
      language_info: "object",
      banner: "string",
      debugger: "boolean",
      help_links: "array",
      supported_features: "array",
    },
  ],
  [
    "execute_request",
    { code: "1" },
    ["shell"],
    { status: "string", execution_count: "number", payload: "array", user_expressions: "object" },
  ],
  ["execute_request", { code: "throw 1" }, ["shell"], { ...ERROR, execution_count: "number" }],
  ["execute_request", { code: 1 }, ["shell"], { ...ERROR, execution_count: "number" }],
  [
    "inspect_request",
    { code: "add", cursor_pos: 2, detail_level: 1 },
    ["shell"],
    { status: "string", found: "boolean", data: "object", metadata: "object" },
  ],
  [
    "complete_request",
    { code: "point.w", cursor_pos: 7 },
    ["shell"],
    { status: "string", matches: "array", cursor_start: "number", cursor_end: "number", metadata: "object" },
  ],
  ["history_request", { hist_access_type: "tail", n: 1 }, ["shell"], { status: "string", history: "array" }],
  ["is_complete_request", { code: "1 +" }, ["shell"], { status: "string", indent: "string" }],
  ["is_complete_request", { code: "1" }, ["shell"], { status: "string" }],
  ["comm_info_request", {}, ["shell", "control"], { status: "string", comms: "object" }],
  ["interrupt_request", {}, ["control"], { status: "string" }],
  [
    "debug_request",
    { seq: 1, type: "request", command: "initialize", arguments: {} },
    ["control"],
    { type: "string", request_seq: "number", success: "boolean", command: "string", message: "string" },
  ],
  ["create_subshell_request", {}, ["control"], ERROR],
  ["delete_subshell_request", { subshell_id: "a" }, ["control"], ERROR],
  ["list_subshell_request", {}, ["control"], ERROR],
  ["unheard_of_request", {}, ["shell", "control"], ERROR],
];

const rows = REQUESTS.flatMap(([type, content, channels, fields]) =>
  channels.map((channel) => ({ type, said: JSON.stringify(content), channel, content, fields })),
);

test.each(rows)("$type $said on $channel", async ({ type, content, channel, fields }) => {
  const id = kernel.send(channel, type, content);
  const [reply] = await Promise.all([kernel.reply(id, channel), kernel.idle(id)]);
  expect(reply.header).toMatchObject({ msg_type: type.replace("_request", "_reply"), version: "5.4" });
  expect(fieldsOf(reply.content)).toEqual(fields);
  expectWhole(reply);
});

/** What a cell says, and the iopub messages that it must cause, in order. */
const PUBLISHED: [code: string, messages: [type: string, fields: Fields][]][] = [
  ["1", [["execute_result", { execution_count: "number", data: "object", metadata: "object" }]]],
  ["console.log(1)", [["stream", { name: "string", text: "string" }]]],
  ["throw new Error('e')", [["error", { ename: "string", evalue: "string", traceback: "array" }]]],
  [
    "import { display, clearOutput, comms } from 'nabla/jupyter'; display(1).update(2)",
    [
      ["display_data", { data: "object", metadata: "object", transient: "object" }],
      ["update_display_data", { data: "object", metadata: "object", transient: "object" }],
    ],
  ],
  ["clearOutput()", [["clear_output", { wait: "boolean" }]]],
  [
    "const comm = comms.open('t', {}); comm.send({}); comm.close()",
    [
      ["comm_open", { comm_id: "string", target_name: "string", data: "object" }],
      ["comm_msg", { comm_id: "string", data: "object" }],
      ["comm_close", { comm_id: "string", data: "object" }],
    ],
  ],
];

test.each(PUBLISHED)("on iopub: %s", async (code, wanted) => {
  const { messages } = await kernel.execute(code);
  const all: [string, Fields][] = [
    ["status", { execution_state: "string" }],
    ["execute_input", { code: "string", execution_count: "number" }],
    ...wanted,
    ["status", { execution_state: "string" }],
  ];
  expect(messages.map(({ header, content }) => [header.msg_type, fieldsOf(content)])).toEqual(all);
  for (const message of messages) expectWhole(message);
});

describe("execute_request", () => {
  test("silent: no input, no result, no count, but output and errors' replies", async () => {
    const { reply, messages } = await kernel.execute("console.log('said'); 5", { silent: true });
    expect(reply.status).toBe("ok");
    expect(messages.map(({ header }) => header.msg_type)).toEqual(["status", "stream", "status"]);
    const failed = await kernel.execute("throw new Error('quiet')", { silent: true });
    expect(failed.reply).toMatchObject({ status: "error", ename: "Error" });
    expect(failed.messages.map(({ header }) => header.msg_type)).toEqual(["status", "status"]);
  });

  test("store_history false: a result with the count as it was, and user_expressions", async () => {
    const before = (await kernel.execute("0")).reply.execution_count;
    const request = { store_history: false, user_expressions: { sum: "add(1, 2)", none: "nothing.here" } };
    const { reply, result } = await kernel.execute("'shown'", request);
    expect(result).toEqual({ "text/plain": "'shown'" });
    expect(reply.execution_count).toBe(before);
    expect(reply.user_expressions).toMatchObject({
      sum: { status: "ok", data: { "text/plain": "3" }, metadata: {} },
      none: { status: "error", ename: "TS2304", evalue: "Cannot find name 'nothing'." },
    });
  });

  test("with fields left out or of another type counts as one that says the defaults", async () => {
    for (const content of [
      { code: "6 * 7" },
      { code: "6 * 7", silent: 0, store_history: null, user_expressions: [] },
    ]) {
      const { reply, result } = await kernel.outcome(kernel.send("shell", "execute_request", content));
      expect([reply.status, result]).toEqual(["ok", { "text/plain": "42" }]);
    }
  });
});

test("requests whose content has other types than the protocol says are answered", async () => {
  const odd = {
    code: 5,
    cursor_pos: "x",
    detail_level: {},
    hist_access_type: 1,
    n: "many",
    session: [],
    target_name: 3,
  };
  for (const [type, , channels] of REQUESTS.filter(([each]) => each !== "execute_request")) {
    const channel = channels[0] ?? "shell";
    for (const content of [odd, [], null, "text"]) {
      const reply = await kernel.reply(kernel.send(channel, type, content), channel);
      expect(reply.header.msg_type).toBe(type.replace("_request", "_reply"));
    }
  }
});

function fieldsOf(content: Record<string, unknown>): Fields {
  const kind = (value: unknown): Kind => (Array.isArray(value) ? "array" : (typeof value as Kind));
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, kind(value)]));
}

/** Header, parent and metadata are as the protocol says, whatever the content. */
function expectWhole({ header, parent_header, metadata }: Message): void {
  const text = expect.any(String);
  expect(header).toEqual({
    msg_id: text,
    msg_type: text,
    session: text,
    username: text,
    version: "5.4",
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(parent_header.msg_id).toEqual(text);
  expect(fieldsOf({ metadata })).toEqual({ metadata: "object" });
}
