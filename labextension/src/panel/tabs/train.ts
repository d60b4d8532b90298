/**
 * The tab that trains a copy of the network: rate, steps, batch; the loss, how much of the gradient comes back, and the
 * plane of the inputs, at any step that was made. The network that is traced stays as it is until an epoch of the
 * training is traced in its place.
 */
import type { NetworkConfig, TrainingOptions } from "nabla";
import { formatNumber } from "nabla/display";
import { configOf, trainer } from "../../trace/engine.js";
import type { PanelState } from "../../trace/state.js";
import { type Plane, planeOf } from "../../train/plane.js";
import { TrainingRun } from "../../train/run.js";
import { el, setAttributes } from "../../view/dom.js";
import { countField, numberField } from "../../view/field.js";
import { responsive } from "../../view/responsive.js";
import type { PanelContext } from "../context.js";
import { lossChart, normsChart } from "../training/curves.js";
import { flowView } from "../training/flow.js";
import { planeSentence, planeView } from "../training/plane.js";
import type { Tab, TabEntry } from "./tab.js";

export const trainTab: TabEntry = { id: "train", title: (trans) => trans.__("Train"), create };

const MOST_STEPS = 100_000;

function create(context: PanelContext): Tab {
  const { trans } = context;
  let run: TrainingRun | undefined;
  let engine: Awaited<ReturnType<typeof trainer>> | undefined;
  /** The step that is looked at; a run that goes on takes it along until it is chosen. */
  let step = 0;
  let follows = true;
  let turn = 0;
  let drawing = 0;
  /** The network of a step is being put in front: the trace that comes is this tab's own. */
  let handing = false;
  let own: NetworkConfig | undefined;
  const options: { rate: number; steps: number; batch: number; seed: number } = {
    rate: 0.5,
    steps: 200,
    batch: 0,
    seed: 1,
  };

  const button = (name: string, label: string, click: () => void): HTMLButtonElement =>
    el("button", { class: "jp-nabla-Button", attrs: { type: "button", "data-do": name }, on: { click } }, label);
  const rate = numberField(trans.__("Rate"), (value) => {
    options.rate = value;
  });
  const steps = countField(trans.__("Steps"), [1, MOST_STEPS], (written) => {
    options.steps = Number(written);
  });
  const batch = countField(trans.__("Samples per step"), [1, 1000], (written) => {
    options.batch = Number(written);
    seed.node.hidden = options.batch >= samples(run?.config);
  });
  const seed = countField(trans.__("Seed of their order"), [0, 1_000_000], (written) => {
    options.seed = Number(written);
  });
  const start = button("train", trans.__("Train"), () => void (run?.going ? run.stop() : begin()));
  const reset = button("reset", trans.__("Reset"), () => void load(run?.config));
  const trace = button("trace", "", () => void traceStep());
  const status = el("p", { class: "jp-nabla-Train-status" });
  const slider: HTMLInputElement = el("input", {
    class: "jp-nabla-Slider",
    attrs: { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": trans.__("Step of the training") },
    on: {
      input: () => {
        step = Number(slider.value);
        follows = false;
        draw();
      },
    },
  });
  const reading = el("span", { class: "jp-nabla-Train-reading" });
  const loss = responsive("jp-nabla-Train-chart");
  const norms = responsive("jp-nabla-Train-chart");
  const plane = responsive("jp-nabla-Train-chart");
  const flow = el("div", {});
  const planeWords = el("p", {});
  const section = (title: string, ...nodes: HTMLElement[]): HTMLElement =>
    el("section", { class: "jp-nabla-Train-part" }, el("h3", {}, title), ...nodes);
  const planePart = section(trans.__("What is answered where"), plane.node, planeWords);
  const parts = [
    section(trans.__("Loss"), loss.node),
    section(trans.__("What comes back to layer 1"), flow),
    planePart,
    section(trans.__("Norm of the gradient by layer"), norms.node),
  ];
  const body = el(
    "div",
    {},
    el("div", { class: "jp-nabla-Fields" }, rate.node, steps.node, batch.node, seed.node),
    el("div", { class: "jp-nabla-Setup-row" }, start, reset, trace),
    status,
    el("div", { class: "jp-nabla-Train-slider" }, slider, reading),
    el("div", { class: "jp-nabla-Train-parts" }, ...parts),
  );
  const refusal = el("p", { class: "jp-nabla-Notice", attrs: { hidden: true } });
  const node = el(
    "div",
    {
      class: "jp-nabla-Scroller jp-nabla-Train",
      attrs: {
        "data-tab": "train",
        tabindex: 0,
        role: "region",
        "aria-label": trans.__("Training"),
        "data-nabla-home": true,
      },
    },
    refusal,
    body,
  );

  /** A network that is not trained yet; undefined for one that cannot be. */
  async function load(config: NetworkConfig | undefined): Promise<void> {
    const mine = ++turn;
    run?.stop();
    engine ??= await trainer();
    if (mine !== turn) return;
    refusal.hidden = config !== undefined;
    body.hidden = !config;
    refusal.textContent = config ? "" : trans.__("This network cannot be trained here: it is not a two-layer network.");
    if (config && config !== run?.config) options.batch = samples(config);
    own = undefined;
    step = 0;
    run = config && new TrainingRun(config, engine.training, schedule);
    fields();
    run?.begin();
  }

  async function begin(): Promise<void> {
    const now = run;
    if (!now) return;
    const { rate: r, steps: s, batch: b, seed: first } = options;
    const whole = b >= samples(now.config);
    const chosen: TrainingOptions = { rate: r, steps: s, ...(whole ? {} : { batch: b, seed: first }) };
    follows = true;
    context.say(trans.__("Training."));
    try {
      await now.start(chosen);
    } catch (error) {
      now.begin();
      status.textContent = error instanceof Error ? error.message : String(error);
      context.say(status.textContent);
      return;
    }
    if (now === run) context.say(statusText(now));
  }

  function fields(): void {
    const all = samples(run?.config);
    rate.set(options.rate);
    steps.set(options.steps);
    batch.set(options.batch);
    seed.set(options.seed);
    batch.node.hidden = all < 2;
    seed.node.hidden = options.batch >= all;
  }

  /** At most one drawing per frame, however fast the steps come. */
  function schedule(): void {
    if (drawing !== 0) return;
    drawing = requestAnimationFrame(() => {
      drawing = 0;
      draw();
    });
  }

  function draw(): void {
    const last = (run?.points.length ?? 0) - 1;
    if (!run || last < 0) {
      status.textContent = run ? statusText(run) : "";
      return;
    }
    const { points } = run;
    if (follows || step > last) step = last;
    const point = points[step]!;
    start.textContent = run.going ? trans.__("Stop") : trans.__("Train");
    status.textContent = statusText(run);
    slider.max = String(last);
    slider.value = String(step);
    reading.textContent = trans.__("step %1: loss %2", step, formatNumber(point.loss, 6));
    setAttributes(slider, { "aria-valuetext": reading.textContent });
    const kept = run.at(step);
    const full = options.batch >= samples(run.config);
    trace.textContent = full ? trans.__("Trace epoch %1", kept.step) : trans.__("Trace step %1", kept.step);
    loss.show((width) => lossChart(points, step, width, context));
    norms.show((width) => normsChart(points, step, width, context));
    flow.replaceChildren(...flowView(point, run.config.activation ?? "sigmoid", context));
    drawPlane(kept.config);
  }

  function drawPlane(config: NetworkConfig): void {
    const made: Plane | undefined = engine && planeOf(config, engine.outputsOf);
    planePart.hidden = !made;
    if (!made) return;
    planeWords.textContent = planeSentence(made, context);
    const label = trans.__("Classes over the plane of x₁ and x₂. %1", planeSentence(made, context));
    plane.show((width) => planeView(made, width, label));
  }

  function statusText({ going, end, points }: TrainingRun): string {
    const point = points.at(-1);
    const value = formatNumber(point?.loss ?? Number.NaN, 6);
    if (going) return trans.__("Step %1 of %2, loss %3", points.length - 1, options.steps, value);
    switch (end?.reason) {
      case "diverged":
        return trans.__(
          "Stopped at step %1: the loss is no longer a finite number. The rate %2 is too large here; try %3.",
          end.step,
          formatNumber(options.rate, 6),
          formatNumber(options.rate / 10, 6),
        );
      case "stopped":
        return trans.__("Stopped after %1 steps: loss %2.", end.step, value);
      case "done":
        return trans.__("Done after %1 steps: loss %2.", end.step, value);
      case undefined:
        return trans.__("Not trained yet: loss %1.", value);
    }
  }

  /** Puts the network of the step in front, to be traced; undo leads back. */
  async function traceStep(): Promise<void> {
    if (!run) return;
    const { config, step: at } = run.at(step);
    handing = true;
    try {
      await context.editor.replace(config);
      const { document } = context.state();
      own = document && (await configOf(document));
    } finally {
      handing = false;
    }
    context.dispatch({ type: "notice", notice: trans.__("Step %1 of a training, rate %2.", at, options.rate) });
    context.dispatch({ type: "tab", id: "trace" });
  }

  /** A network that is not the one in training, nor one of its steps, is a new one to train. */
  async function follow(state: PanelState): Promise<void> {
    const config = state.document && (await configOf(state.document));
    const known = [run?.config, own].some((one) => one && config && same(one, config));
    if (state.document === context.state().document && !known) await load(config);
  }

  return {
    node,
    update(state: PanelState, before?: PanelState) {
      if (state.document !== before?.document && !handing) void follow(state);
    },
    dispose() {
      run?.stop();
      cancelAnimationFrame(drawing);
      for (const box of [loss, norms, plane]) box.dispose();
    },
  };
}

const samples = (config: NetworkConfig | undefined): number => config?.X?.length ?? 1;

/** The same numbers and choices; the layout and the digits change nothing in a training. */
const same = (a: NetworkConfig, b: NetworkConfig): boolean => essence(a) === essence(b);

const essence = (config: NetworkConfig): string =>
  JSON.stringify({ ...config, conventions: { ...config.conventions, layout: "", digits: "" } });
