/** What a training is asked to do: rate, steps, samples per step, and the seed of their order when there are fewer than all. */
import type { NetworkConfig, TrainingOptions } from "nabla";
import { el } from "../../view/dom.js";
import { countField, numberField } from "../../view/field.js";
import type { PanelContext } from "../context.js";

const MOST_STEPS = 100_000;

export interface Controls {
  readonly node: HTMLElement;
  readonly rate: number;
  readonly steps: number;
  /** Every step takes all samples: a step is an epoch. */
  readonly whole: boolean;
  options(): TrainingOptions;
  /** Another network: as many samples per step as it has. */
  reset(config: NetworkConfig): void;
}

const samples = (config: NetworkConfig): number => config.X?.length ?? 1;

export function controls({ trans }: PanelContext): Controls {
  const now = { rate: 0.5, steps: 200, batch: 1, seed: 1, all: 1 };
  const rate = numberField(trans.__("Rate"), (value) => {
    now.rate = value;
  });
  const steps = countField(trans.__("Steps"), [1, MOST_STEPS], (written) => {
    now.steps = Number(written);
  });
  const batch = countField(trans.__("Samples per step"), [1, 1000], (written) => {
    now.batch = Number(written);
    show();
  });
  const seed = countField(trans.__("Seed of their order"), [0, 1_000_000], (written) => {
    now.seed = Number(written);
  });
  const show = (): void => {
    rate.set(now.rate);
    steps.set(now.steps);
    batch.set(now.batch);
    seed.set(now.seed);
    batch.node.hidden = now.all < 2;
    seed.node.hidden = now.batch >= now.all;
  };
  return {
    node: el("div", { class: "jp-nabla-Fields" }, rate.node, steps.node, batch.node, seed.node),
    get rate() {
      return now.rate;
    },
    get steps() {
      return now.steps;
    },
    get whole() {
      return now.batch >= now.all;
    },
    options() {
      const part = now.batch >= now.all ? {} : { batch: now.batch, seed: now.seed };
      return { rate: now.rate, steps: now.steps, ...part };
    },
    reset(config) {
      now.all = samples(config);
      now.batch = now.all;
      show();
    },
  };
}
