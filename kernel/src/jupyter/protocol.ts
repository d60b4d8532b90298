// The Jupyter message, as the kernel's threads hand it to one another, and the messages between the threads.
//
// Three threads: main runs the user's code; transport owns the sockets and the queue; checker owns TypeScript.
// Main and checker never speak to each other: transport asks the checker for the JavaScript of a cell and hands it to main.
// Every message is plain data that a structured clone can carry.

/** The header of a Jupyter message (protocol 5.4). */
export interface Header {
  msg_id: string;
  msg_type: string;
  session?: string;
  username?: string;
  date?: string;
  version?: string;
  subshell_id?: string | null;
}

export type Json = Record<string, unknown>;

/** A MIME bundle: MIME type to text, JSON or base64. */
export type MimeBundle = Record<string, unknown>;

/** A failed cell, as the `error` message and the execute_reply carry it. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What places in a cell are called by, `[3]:2:9`: its execution count, or "unnumbered 1" for one that does not count. */
export type CellName = string;

/** Where one character of the JavaScript that runs comes from. */
export interface CellMap {
  /** The source map (JSON, one source) from TypeScript's own output to the cell. */
  map: string;
  /** What the CommonJS step changed in that output: `[start, end, length of the replacement]`, ascending. */
  edits: [number, number, number][];
  /** The output before the edits: its line starts are needed to turn offsets into lines. */
  lineStarts: number[];
}

/** A local TypeScript file as a CommonJS module. */
export interface LocalFile {
  /** Where its JavaScript would be. */
  path: string;
  /** The file itself. */
  source: string;
  /** The JavaScript. */
  text: string;
  /** Its source map (JSON). */
  map: string;
}

/** A cell, checked and turned into JavaScript. */
export interface CompiledCell {
  /** A function expression: `(exports, require, __nabla) => …`. */
  javascript: string;
  /** Module specifiers that the cell imports, loaded before it runs. */
  imports: string[];
  /** Local files (`./model.ts`) that the cell needs and that changed. */
  files: LocalFile[];
  map: CellMap;
}

export type CommKind = "comm_open" | "comm_msg" | "comm_close";

/** A comm message in either direction. */
export interface CommMessage {
  kind: CommKind;
  id: string;
  target?: string;
  data: unknown;
  metadata?: Json;
  buffers?: Uint8Array[];
}

/** What transport asks of main. */
export type ToMain =
  | {
      kind: "run";
      id: number;
      cell: CellName;
      code: string;
      parent: Header;
      compiled: CompiledCell;
      silent: boolean;
      allowInput: boolean;
    }
  | { kind: "evaluate"; id: number; name: string; parent: Header; compiled: CompiledCell }
  | { kind: "comm"; id: number; parent: Header; message: CommMessage }
  | { kind: "interrupt"; id: number }
  | { kind: "preload" }
  | { kind: "exit"; code: number };

/** What main tells transport. */
export type FromMain =
  | { kind: "done"; id: number; error?: CellError; payload?: Json[]; bundle?: { data: MimeBundle; metadata: Json } }
  | { kind: "stream"; name: "stdout" | "stderr"; text: string; parent: Header }
  | { kind: "publish"; type: string; content: Json; metadata?: Json; buffers?: Uint8Array[]; parent: Header }
  | { kind: "comm"; message: CommMessage; parent: Header }
  | { kind: "input"; prompt: string; password: boolean; parent: Header }
  | { kind: "interrupted"; id: number }
  | { kind: "checkerEnded"; reason: string };

/** Memory that main and transport share. */
export interface SharedState {
  /** `[0]`: bytes of output on their way to transport; main waits when it is too much. `[1]`: 1 when an input reply is there. `[2]`: 1 while main waits for a child process. */
  flags: Int32Array;
}

export const BYTES_IN_FLIGHT = 0;
export const INPUT_READY = 1;
export const CHILD_AWAITED = 2;

/** What transport asks of the checker; `id` pairs the answer with the question. */
export type ToChecker =
  | { id: number; kind: "compile"; code: string; cell: CellName; declarations: string; expression: boolean }
  | { id: number; kind: "complete"; code: string; declarations: string; position: number }
  | { id: number; kind: "inspect"; code: string; declarations: string; position: number; detail: number }
  | { id: number; kind: "isComplete"; code: string };

export type Compiled = { compiled: CompiledCell; declarations: string } | { error: CellError };

export interface Completions {
  start: number;
  end: number;
  matches: { name: string; type: string; signature?: string; documentation?: string }[];
}

export interface Inspection {
  signature: string;
  documentation: string;
}

export interface IsComplete {
  status: "complete" | "incomplete" | "invalid" | "unknown";
  indent?: string;
}

/** The checker's answer to each kind of question. */
export interface CheckerAnswers {
  compile: Compiled;
  complete: Completions;
  inspect: Inspection | null;
  isComplete: IsComplete;
}
