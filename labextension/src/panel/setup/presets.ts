/** The networks to start from, and what the one last chosen is there to show. */
import { PRESETS } from "../../setup/presets.js";
import { el } from "../../view/dom.js";
import type { PanelContext, Part } from "../context.js";

export function presetsPart({ trans, editor }: PanelContext): Part {
  const shows = el("p", { class: "jp-nabla-Setup-shows" });
  const node = el(
    "section",
    { attrs: { "aria-label": trans.__("Presets") } },
    el(
      "div",
      { class: "jp-nabla-Setup-row" },
      ...PRESETS.map((preset) =>
        el(
          "button",
          {
            class: "jp-nabla-Button",
            attrs: { type: "button", "data-preset": preset.id, title: preset.shows(trans) },
            on: {
              click: () => {
                shows.textContent = preset.shows(trans);
                void editor.replace(preset.config);
              },
            },
          },
          preset.title(trans),
        ),
      ),
    ),
    shows,
  );
  return { node, update: () => undefined };
}
