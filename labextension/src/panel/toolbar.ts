/** First, back, play, next, last, the slider, the pace and the layout. One tab stop: arrows move within the toolbar. */
import type { PanelState } from "../trace/state.js";
import { type Attributes, type Child, el, setAttributes } from "../view/dom.js";
import { glyph } from "../view/glyphs.js";
import { addRoving } from "../view/roving.js";
import type { PanelContext, Part } from "./context.js";

const PACES = [4, 2, 1] as const; // seconds per step

export function toolbarPart(context: PanelContext): Part {
  const { trans, dispatch } = context;
  const button = (name: string, face: Child, label: string, click: () => void): HTMLButtonElement =>
    el(
      "button",
      {
        class: "jp-nabla-Button",
        attrs: {
          type: "button",
          "data-do": name,
          "aria-label": label,
          title: label,
          tabindex: name === "first" ? 0 : -1,
        },
        on: { click } as Attributes["on"] & object,
      },
      face,
    );
  const first = button("first", glyph("first"), trans.__("First step (Home)"), () =>
    dispatch({ type: "go", to: "first" }),
  );
  const back = button("back", glyph("back"), trans.__("Step back (←)"), () => dispatch({ type: "go", to: "back" }));
  const play = button("play", glyph("play"), trans.__("Play (Space)"), () => dispatch({ type: "play" }));
  const next = button("next", glyph("next"), trans.__("Next step (→)"), () => dispatch({ type: "go", to: "next" }));
  const last = button("last", glyph("last"), trans.__("Last step (End)"), () => dispatch({ type: "go", to: "last" }));
  const slider: HTMLInputElement = el("input", {
    class: "jp-nabla-Slider",
    attrs: { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": trans.__("Step") },
    on: { input: () => dispatch({ type: "go", to: Number(slider.value) }) },
  });
  const pace: HTMLSelectElement = el(
    "select",
    {
      class: "jp-nabla-Pace",
      attrs: { "aria-label": trans.__("Seconds per step while playing"), tabindex: -1 },
      on: { change: () => dispatch({ type: "pace", seconds: Number(pace.value) }) },
    },
    ...PACES.map((seconds) => el("option", { attrs: { value: seconds } }, trans.__("%1 s", seconds))),
  );
  const layout = button("layout", "", trans.__("Layout"), () => dispatch({ type: "layout" }));
  layout.classList.add("jp-nabla-LayoutButton");
  const node = el(
    "div",
    { class: "jp-nabla-Toolbar", attrs: { role: "toolbar", "aria-label": trans.__("Steps") } },
    el("div", { class: "jp-nabla-Toolbar-buttons" }, first, back, play, next, last, pace, layout),
    slider,
  );
  addRoving(node, "button, select");

  return {
    node,
    update(state: PanelState) {
      const { document } = state;
      const end = (document?.steps.length ?? 1) - 1;
      for (const item of [first, back]) setAttributes(item, { "aria-disabled": !document || state.step === 0 });
      for (const item of [next, last]) setAttributes(item, { "aria-disabled": !document || state.step === end });
      const playLabel = state.playing ? trans.__("Pause (Space)") : trans.__("Play (Space)");
      setAttributes(play, { "aria-label": playLabel, title: playLabel, "aria-pressed": state.playing });
      play.replaceChildren(glyph(state.playing ? "pause" : "play"));
      const step = document?.steps[state.step];
      setAttributes(slider, {
        max: end,
        "aria-valuetext": step ? trans.__("%1 of %2: %3, %4", state.step + 1, end + 1, step.id, step.title) : "",
      });
      slider.value = String(state.step);
      pace.value = String(state.pace);
      const numerator = state.layout === "numerator";
      const layoutLabel = numerator
        ? trans.__("Numerator layout; switch to denominator (L)")
        : trans.__("Denominator layout; switch to numerator (L)");
      setAttributes(layout, { "aria-label": layoutLabel, title: layoutLabel, "aria-pressed": numerator });
      layout.textContent = numerator ? trans.__("num.") : trans.__("den.");
    },
  };
}
