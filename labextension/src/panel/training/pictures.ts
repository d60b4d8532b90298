/** What is seen of a training at one of its steps: the loss, what comes back, the plane of the inputs, the norms. */
import type { NetworkConfig } from "nabla";
import type { Trainer } from "../../trace/engine.js";
import { type Plane, planeOf } from "../../train/plane.js";
import type { TrainingRun } from "../../train/run.js";
import { el } from "../../view/dom.js";
import { responsive } from "../../view/responsive.js";
import type { PanelContext } from "../context.js";
import { lossChart, normsChart } from "./curves.js";
import { flowView } from "./flow.js";
import { planeSentence, planeView } from "./plane.js";

export interface Pictures {
  readonly node: HTMLElement;
  draw(run: TrainingRun, step: number, engine: Trainer): void;
  dispose(): void;
}

export function pictures(context: PanelContext): Pictures {
  const { trans } = context;
  const [loss, norms, plane] = [1, 2, 3].map(() => responsive("jp-nabla-Train-chart")) as [Box, Box, Box];
  const flow = el("div", {});
  const planeWords = el("p", {});
  const section = (title: string, ...nodes: HTMLElement[]): HTMLElement =>
    el("section", { class: "jp-nabla-Train-part" }, el("h3", {}, title), ...nodes);
  const planePart = section(trans.__("What is answered where"), plane.node, planeWords);

  function drawPlane(config: NetworkConfig, engine: Trainer): void {
    const made: Plane | undefined = planeOf(config, engine.outputsOf);
    planePart.hidden = !made;
    if (!made) return;
    planeWords.textContent = planeSentence(made, context);
    const label = trans.__("Classes over the plane of x₁ and x₂. %1", planeSentence(made, context));
    plane.show((width) => planeView(made, width, label));
  }

  return {
    node: el(
      "div",
      { class: "jp-nabla-Train-parts" },
      section(trans.__("Loss"), loss.node),
      section(trans.__("What comes back to layer 1"), flow),
      planePart,
      section(trans.__("Norm of the gradient by layer"), norms.node),
    ),
    draw(run, step, engine) {
      const { points, config } = run;
      loss.show((width) => lossChart(points, step, width, context));
      norms.show((width) => normsChart(points, step, width, context));
      flow.replaceChildren(...flowView(points[step]!, config.activation ?? "sigmoid", context));
      drawPlane(run.at(step).config, engine);
    },
    dispose() {
      for (const box of [loss, norms, plane]) box.dispose();
    },
  };
}

type Box = ReturnType<typeof responsive>;
