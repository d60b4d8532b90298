// Run a compiled cell in the main thread and say how it ended.
//
// An interrupt may end the JavaScript of a cell at any point, this file's included, and no `finally` runs then. So what is
// needed afterwards (the accessors to the cell's variables) is kept in `current` from the start, and nothing here relies on being resumed.

import { types } from "node:util";
import vm from "node:vm";
import type { CellError, CellName, CompiledCell, FromMain, Header, Json, MimeBundle } from "../protocol.js";
import { toBundle } from "./bundle.js";
import { carriedBundle } from "./carried.js";
import { isHandle } from "./handles.js";
import type { Modules } from "./modules.js";
import { startParent } from "./parent.js";
import { rememberCell } from "./positions.js";
import type { Accessors, Scope } from "./scope.js";
import { cellFile } from "./stack.js";
import { describeError } from "./traceback.js";

interface Task {
  id: number;
  /** Undefined for an expression beside the cells. */
  cell: CellName | undefined;
  parent: Header;
  compiled: CompiledCell;
  allowInput: boolean;
}

interface Running extends Task {
  accessors: Accessors;
  payload: Json[];
  /** Work of the cell that is not awaited by its code: displays that take time. */
  pending: Promise<unknown>[];
}

type Body = (exports: unknown, require: unknown, nabla: unknown) => unknown;

export function createRunner(post: (message: FromMain) => void, scope: Scope, modules: Modules, notebookUrl: string) {
  let current: Running | undefined;
  // The engine reads it to say in which cell a symbol was declared; one that does not count has no number to say.
  let place: { cell: number | undefined; code: string } | undefined;
  Object.defineProperty(globalThis, Symbol.for("nabla.cell"), { get: () => place });
  const meta = {
    url: notebookUrl,
    dirname: process.cwd(),
    resolve: (specifier: string) => modules.require.resolve(specifier),
  };

  function run(task: Task): void {
    const running: Running = { ...task, accessors: {}, payload: [], pending: [] };
    current = running;
    startParent(task.parent);
    modules.update(task.compiled.files);
    const loading = modules.prepare(task.compiled.imports);
    if (loading)
      loading.then(
        () => start(running),
        (cause) => fail(running, cause),
      );
    else start(running);
  }

  function start(running: Running): void {
    try {
      const script = new vm.Script(running.compiled.javascript, {
        filename: running.cell === undefined ? "[expression]" : cellFile(running.cell),
        importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      const body = script.runInThisContext() as Body;
      const bind = (accessors: object) => {
        running.accessors = Object.getOwnPropertyDescriptors(accessors);
      };
      const value = body(scope.exports, modules.require, {
        bind,
        named: modules.named,
        import: (specifier: string) => modules.import(specifier),
        meta,
      });
      if (isThenable(value))
        value.then(
          (settled) => succeed(running, settled),
          (cause: unknown) => fail(running, cause),
        );
      else succeed(running, value);
    } catch (cause) {
      fail(running, cause);
    }
  }

  function succeed(running: Running, value: unknown): void {
    const bundle = value === undefined || isHandle(value) ? undefined : toBundle(value);
    if (!(bundle instanceof Promise) && running.pending.length === 0) return finish(running, bundle);
    Promise.all([bundle, ...running.pending]).then(
      ([shown]) => finish(running, shown as MimeBundle | undefined),
      (cause: unknown) => fail(running, cause),
    );
  }

  function fail(running: Running, cause: unknown): void {
    end(running, undefined, describeError(cause));
  }

  function finish(running: Running, bundle: MimeBundle | undefined): void {
    let sent: MimeBundle | undefined;
    try {
      sent = bundle && carriedBundle(bundle, "the cell's result");
    } catch (cause) {
      return fail(running, cause);
    }
    end(running, sent, undefined);
  }

  function end(running: Running, bundle: MimeBundle | undefined, error: CellError | undefined): void {
    // The cell was interrupted before: it has been answered.
    if (current !== running) return;
    const { id, payload } = running;
    try {
      settle(running);
      post({ kind: "done", id, error, payload, bundle: bundle && { data: bundle, metadata: {} } });
    } catch (cause) {
      // A cell that has put its own code into `Object` or `Array` is answered too.
      post({ kind: "done", id, error: error ?? describeError(cause), payload: undefined, bundle: undefined });
    }
  }

  /** Its variables become the notebook's, however it ended. */
  function settle(running: Running): void {
    current = undefined;
    if (running.cell !== undefined) scope.install(running.accessors, running.cell);
  }

  return {
    runCell(task: Task & { cell: CellName }, code: string): void {
      rememberCell({ name: task.cell, code, map: task.compiled.map });
      place = { cell: /^\d+$/.test(task.cell) ? Number(task.cell) : undefined, code };
      run(task);
    },
    evaluate: run,
    interrupt(): void {
      if (current) settle(current);
    },
    current: (): Running | undefined => current,
    /** The running cell ends only when this has, and fails with it; what comes too late for that is reported as nobody's. */
    waitFor(work: Promise<unknown>): void {
      const awaiting = current;
      awaiting?.pending.push(work);
      work.catch((cause: unknown) => {
        if (!awaiting || current !== awaiting) throw cause;
      });
    },
  };
}

export type Runner = ReturnType<typeof createRunner>;

function isThenable(value: unknown): value is Promise<unknown> {
  if (types.isPromise(value)) return true;
  // A proxy that answers every name would never settle.
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  try {
    return typeof (value as { then?: unknown }).then === "function";
  } catch {
    // A hostile getter.
    return false;
  }
}
