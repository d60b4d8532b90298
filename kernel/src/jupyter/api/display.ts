// Rich output in the middle of a cell.

import { randomUUID } from "node:crypto";
import { types } from "node:util";
import type { MimeBundle } from "../protocol.js";
import { isBundle, toBundle } from "../runner/bundle.js";
import { carriedBundle } from "../runner/carried.js";
import { asHandle } from "../runner/handles.js";
import { theHost } from "../runner/host.js";

/** How an output is shown. */
export interface DisplayOptions {
  /** A name by which this output can be shown again with other content; one is made up otherwise. */
  displayId?: string;
}

/** An output that is on the page. */
export interface Display {
  readonly displayId: string;
  /** Put other content in its place. */
  update(object: unknown): void;
}

/**
 * Show an object: by its own `[Symbol.for("Jupyter.display")]()`, or as a MIME bundle such as `{ "text/html": "<b>hi</b>" }`, or as text;
 * of a promise what it resolves to.
 * @returns a handle; `display(a).update(b)` replaces what is shown
 */
export function display(object: unknown, { displayId = randomUUID() }: DisplayOptions = {}): Display {
  show("display_data", object, displayId);
  return asHandle({ displayId, update: (next: unknown) => show("update_display_data", next, displayId) });
}

/** Take away what the running cell has shown; with `wait`, only when the next output comes, so that the page does not flicker. */
export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  theHost().publish("clear_output", { wait });
}

const bundleOf = (object: unknown) => (isBundle(object) ? object : toBundle(object));

/** Updates of one display arrive in the order in which they were asked for, also when one takes longer. */
const tails = new Map<string, Promise<void>>();

function show(type: "display_data" | "update_display_data", object: unknown, displayId: string): void {
  const host = theHost();
  const bundle = types.isPromise(object) ? object.then(bundleOf) : bundleOf(object);
  const publish = (data: MimeBundle) =>
    host.publish(type, {
      data: carriedBundle(data, "display"),
      metadata: {},
      transient: { display_id: displayId },
    });
  const tail = tails.get(displayId);
  if (!tail && !(bundle instanceof Promise)) return publish(bundle);
  const work = Promise.all([bundle, tail]).then(([data]) => publish(data));
  // One that cannot be shown is its own cell's error; the next has its turn.
  const ended = work.then(forget, forget);
  function forget(): void {
    if (tails.get(displayId) === ended) tails.delete(displayId);
  }
  tails.set(displayId, ended);
  host.waitFor(work);
}
