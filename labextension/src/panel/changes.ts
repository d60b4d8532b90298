/** What has changed since the revision before, in one line: the loss, and how many numbers of how many tensors. */
import { formatNumber } from "nabla/display";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import type { Scene } from "./scene.js";

export function changeLine({ trace, previous, digits }: Scene, { trans }: PanelContext): HTMLElement | undefined {
  if (!previous) return undefined;
  const changed = Object.values(trace.tensors).filter((tensor) => {
    const before = previous.tensors[tensor.name];
    return !before || before.data.length !== tensor.data.length || before.data.some((x, i) => x !== tensor.data[i]);
  });
  const loss = trace.tensors.L?.data[0];
  const old = previous.tensors.L?.data[0];
  const words =
    loss === undefined || old === undefined
      ? ""
      : trans.__("loss %1 → %2", formatNumber(old, digits), formatNumber(loss, digits));
  const names = changed.map(({ label }) => label).join(", ");
  const what = changed.length === 0 ? trans.__("nothing has changed") : trans.__("changed: %1", names);
  return el(
    "p",
    { class: "jp-nabla-Changes" },
    trans.__("Revision %1 against %2: %3", trace.revision, previous.revision, [words, what].filter(Boolean).join("; ")),
  );
}
