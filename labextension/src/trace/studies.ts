/** What the engine says of the steps of a document, asked for once per document and kept while the document lives. */
import type { TraceDocument, TraceStudy } from "nabla";
import { study } from "./engine.js";

export class Studies {
  readonly #known = new WeakMap<TraceDocument, TraceStudy>();
  readonly #asked = new WeakSet<TraceDocument>();

  of(trace: TraceDocument): TraceStudy | undefined {
    return this.#known.get(trace);
  }

  /** `ready` is called once, when it is there; a trace of another network has none and never calls. */
  ask(trace: TraceDocument, ready: () => void): void {
    if (this.#asked.has(trace)) return;
    this.#asked.add(trace);
    study(trace).then(
      (made) => {
        this.#known.set(trace, made);
        ready();
      },
      () => undefined,
    );
  }
}
