/** The buttons, one tab stop within which arrows move, and the slider, which has the arrows for itself. */
import { PACES, type PanelState } from "../trace/state.js";
import { type Attributes, type Child, el, setAttributes } from "../view/dom.js";
import { glyph } from "../view/glyphs.js";
import { addRoving } from "../view/roving.js";
import type { PanelContext, Part } from "./context.js";

export function toolbarPart(context: PanelContext): Part {
  const { trans, dispatch, openLarge } = context;
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
  const pace = button("pace", "", "", () =>
    dispatch(context.state().pace === PACES.at(-1) ? { type: "pace", seconds: PACES[0]! } : { type: "faster" }),
  );
  const quiz = button("quiz", glyph("quiz"), trans.__("Quiz: predict the next step (Q)"), () =>
    dispatch({ type: "quiz" }),
  );
  const compare = button("compare", glyph("compare"), trans.__("Show the differences to the revision before"), () =>
    dispatch({ type: "compare" }),
  );
  const projector = button("projector", glyph("projector"), trans.__("Projector: one step fills the window (P)"), () =>
    dispatch({ type: "projector" }),
  );
  const large = button("large", glyph("large"), trans.__("Open all steps large"), () => openLarge());
  const node = el(
    "div",
    { class: "jp-nabla-Toolbar" },
    el(
      "div",
      { class: "jp-nabla-Toolbar-buttons", attrs: { role: "toolbar", "aria-label": trans.__("Steps") } },
      ...[first, back, play, next, last, pace, quiz, compare, projector, large],
    ),
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
      const paceLabel = trans.__("%1 seconds per step while playing ([ slower, ] faster)", state.pace);
      setAttributes(pace, { "aria-label": paceLabel, title: paceLabel });
      pace.textContent = trans.__("%1 s", state.pace);
      setAttributes(quiz, { "aria-pressed": state.quiz });
      setAttributes(compare, { "aria-pressed": state.compare, "aria-disabled": !state.previous });
      setAttributes(projector, { "aria-pressed": state.projector });
    },
  };
}
