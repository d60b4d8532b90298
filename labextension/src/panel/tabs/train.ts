/**
 * The tab that trains a copy of the network: the loss, how much of the gradient comes back, and the plane of the inputs, at
 * any step that was made. What is traced stays as it is until an epoch of the training is traced in its place.
 */
import type { NetworkConfig } from "nabla";
import { formatNumber } from "nabla/display";
import { configOf, type Trainer, trainer } from "../../trace/engine.js";
import type { PanelState } from "../../trace/state.js";
import { TrainingRun } from "../../train/run.js";
import { el, setAttributes } from "../../view/dom.js";
import type { PanelContext } from "../context.js";
import { type Controls, controls } from "../training/controls.js";
import { Handover, sameNetwork } from "../training/handover.js";
import { pictures } from "../training/pictures.js";
import type { Tab, TabEntry } from "./tab.js";

export const trainTab: TabEntry = { id: "train", title: (trans) => trans.__("Train"), create };

/** Milliseconds. */
const BETWEEN_DRAWINGS = 120;

function create(context: PanelContext): Tab {
  const { trans } = context;
  const asked = controls(context);
  const seen = pictures(context);
  const handover = new Handover(context);
  let run: TrainingRun | undefined;
  let engine: Trainer | undefined;
  /** The step that is looked at; a run that goes on takes it along until one is chosen. */
  let step = 0;
  let follows = true;
  /** Why the last training was not begun. */
  let problem = "";
  let turn = 0;
  let frame = 0;

  const button = (name: string, label: string, click: () => void): HTMLButtonElement =>
    el("button", { class: "jp-nabla-Button", attrs: { type: "button", "data-do": name }, on: { click } }, label);
  const start = button("train", trans.__("Train"), () => void (run?.going ? run.stop() : begin()));
  const reset = button("reset", trans.__("Reset"), () => void load(run?.config));
  const trace = button("trace", "", () => void traceStep());
  const back = button("back", trans.__("Back to the notebook's network"), () => handover.back());
  const write = button("write", trans.__("Write these weights to the notebook"), () => {
    if (run) void handover.write(run.at(step).config, run.config);
  });
  const status = el("p", { class: "jp-nabla-Train-status" });
  const reading = el("span", { class: "jp-nabla-Train-reading" });
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
  const body = el(
    "div",
    {},
    asked.node,
    el("div", { class: "jp-nabla-Setup-row" }, start, reset, trace, write, back),
    status,
    el("div", { class: "jp-nabla-Train-slider" }, slider, reading),
    seen.node,
  );
  const refusal = el("p", { class: "jp-nabla-Notice", attrs: { hidden: true } });
  const region = { role: "region", "aria-label": trans.__("Training"), tabindex: 0, "data-nabla-home": true };
  const node = el(
    "div",
    { class: "jp-nabla-Scroller jp-nabla-Train", attrs: { "data-tab": "train", ...region } },
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
    if (config && config !== run?.config) asked.reset(config);
    step = 0;
    follows = true;
    problem = "";
    run = config && new TrainingRun(config, engine.training, schedule);
    run?.begin();
  }

  async function begin(): Promise<void> {
    const now = run;
    if (!now) return;
    follows = true;
    problem = "";
    context.say(trans.__("Training."));
    try {
      await now.start(asked.options());
      if (now === run) context.say(statusText(now, asked, context));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      context.say(problem);
      now.begin();
    }
  }

  /** The words at once; while it goes on, a few drawings a second: they take longer than the steps. */
  function schedule(): void {
    words();
    if (frame !== 0) return;
    frame = window.setTimeout(
      () => {
        frame = 0;
        draw();
      },
      run?.going ? BETWEEN_DRAWINGS : 0,
    );
  }

  function words(): void {
    if (!run) return;
    status.textContent = problem || statusText(run, asked, context);
    start.textContent = run.going ? trans.__("Stop") : trans.__("Train");
  }

  function draw(): void {
    if (!run || !engine) return;
    words();
    const last = run.points.length - 1;
    if (last < 0) return;
    if (follows || step > last) step = last;
    slider.max = String(last);
    slider.value = String(step);
    reading.textContent = trans.__("step %1: loss %2", step, formatNumber(run.points[step]!.loss, 6));
    setAttributes(slider, { "aria-valuetext": reading.textContent });
    const kept = run.at(step).step;
    trace.textContent = asked.whole ? trans.__("Trace epoch %1", kept) : trans.__("Trace step %1", kept);
    seen.draw(run, step, engine);
  }

  async function traceStep(): Promise<void> {
    if (!run) return;
    const { config, step: at } = run.at(step);
    await handover.show(config, run.config, trans.__("Step %1 of a training, rate %2.", at, asked.rate));
  }

  /** A network that is not the one in training, nor one of its steps, is a new one to train. */
  async function follow(state: PanelState): Promise<void> {
    const config = state.document && (await configOf(state.document));
    if (state.document !== context.state().document) return;
    const known = config && run && (sameNetwork(run.config, config) || handover.isOwn(config));
    if (!known) await load(config);
  }

  return {
    node,
    update(state: PanelState, before?: PanelState) {
      back.hidden = !handover.copied(state.document);
      write.hidden = !handover.canWrite(state);
      if (state.document !== before?.document) void follow(state);
    },
    dispose() {
      run?.stop();
      window.clearTimeout(frame);
      seen.dispose();
    },
  };
}

function statusText({ going, end, points }: TrainingRun, asked: Controls, { trans }: PanelContext): string {
  const loss = formatNumber(points.at(-1)?.loss ?? Number.NaN, 6);
  if (going) return trans.__("Step %1 of %2, loss %3", points.length - 1, asked.steps, loss);
  switch (end?.reason) {
    case "diverged":
      return trans.__(
        "Stopped at step %1: the loss is no longer a finite number. The rate %2 is too large here; try %3.",
        end.step,
        formatNumber(asked.rate, 6),
        formatNumber(asked.rate / 10, 6),
      );
    case "stopped":
      return trans.__("Stopped after %1 steps: loss %2.", end.step, loss);
    case "done":
      return trans.__("Done after %1 steps: loss %2.", end.step, loss);
    case undefined:
      return trans.__("Not trained yet: loss %1.", loss);
  }
}
