/**
 * A training that can be watched and stopped: the engine's generator, run in slices so that the page stays alive. No DOM:
 * the view is told of news and reads what is there. Of a long run only some of the parameters are kept, evenly spread,
 * the loss and the norms of every step.
 */
import type { NetworkConfig, TrainingEnd, TrainingOptions, TrainingPoint } from "nabla";

/** Milliseconds of work at a stretch; a stop is heeded between two stretches, or after the step that is being made. */
const SLICE = 24;
/** More networks than this, or more numbers in all of them, are not kept. */
const MOST_KEPT = 1000;
const MOST_NUMBERS = 1_000_000;

export type Measured = Omit<TrainingPoint, "parameters">;
type Train = (config: NetworkConfig, options: TrainingOptions) => Generator<TrainingPoint, TrainingEnd, void>;

export class TrainingRun {
  readonly points: Measured[] = [];
  end: TrainingEnd | { readonly reason: "stopped"; readonly step: number } | undefined;
  readonly #kept = new Map<number, NetworkConfig>();
  #every = 1;
  #going = false;

  constructor(
    readonly config: NetworkConfig,
    private readonly train: Train,
    private readonly news: () => void,
  ) {}

  get going(): boolean {
    return this.#going;
  }

  /** Step 0 only: what there is before anything is learned. */
  begin(): void {
    const first = this.train(this.config, { steps: 0 }).next();
    if (!first.done) this.#take(first.value);
    else this.end = first.value;
    this.news();
  }

  /** Runs until the end, a stop, or an error of the engine, which is thrown. */
  async start(options: TrainingOptions): Promise<void> {
    this.points.length = 0;
    this.#kept.clear();
    this.#every = 1;
    this.end = undefined;
    this.#going = true;
    try {
      const steps = this.train(this.config, options);
      while (this.#going && !this.end) {
        this.#slice(steps);
        this.news();
        await new Promise((done) => setTimeout(done));
      }
      this.end ??= { reason: "stopped", step: this.points.length - 1 };
    } finally {
      this.#going = false;
      this.news();
    }
  }

  stop(): void {
    this.#going = false;
  }

  /** The network as it was at a step, or at the nearest one before it that is kept. */
  at(step: number): { readonly step: number; readonly config: NetworkConfig } {
    const kept = step - (step % this.#every);
    const parameters = this.#kept.get(step) ?? this.#kept.get(kept);
    return { step: this.#kept.has(step) ? step : kept, config: { ...this.config, ...parameters } };
  }

  #slice(steps: Generator<TrainingPoint, TrainingEnd, void>): void {
    const until = performance.now() + SLICE;
    do {
      const next = steps.next();
      if (next.done) this.end = next.value;
      else this.#take(next.value);
    } while (!this.end && performance.now() < until);
  }

  #take({ parameters, ...measured }: TrainingPoint): void {
    const { step } = measured;
    this.points.push(measured);
    if (step % this.#every !== 0) return;
    const [n, m, k] = this.config.sizes ?? [1, 1, 1];
    this.#kept.set(step, parameters());
    if (this.#kept.size <= Math.max(2, Math.min(MOST_KEPT, MOST_NUMBERS / (m * (n + 1) + k * (m + 1))))) return;
    this.#every *= 2;
    for (const key of [...this.#kept.keys()]) if (key % this.#every !== 0) this.#kept.delete(key);
  }
}
