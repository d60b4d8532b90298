/** The projector follows JupyterLab's presentation mode, while the panel is open. JupyterLab tells it by a class alone. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { TracePanel } from "../panel/panel.js";
import type { TraceStore } from "../trace/store.js";

const PRESENTING = "jp-mod-presentationMode";

/** `wanted` says whether the user's settings have it so. */
export function followPresentation(
  shell: JupyterFrontEnd.IShell,
  panel: TracePanel,
  store: TraceStore,
  wanted: () => boolean,
): void {
  let presenting = shell.hasClass(PRESENTING);
  const observer = new MutationObserver(() => {
    const now = shell.hasClass(PRESENTING);
    if (now === presenting) return;
    presenting = now;
    if (wanted() && (panel.isVisible || !now)) store.dispatch({ type: "projector", on: now });
  });
  observer.observe(shell.node, { attributes: true, attributeFilter: ["class"] });
  panel.disposed.connect(() => observer.disconnect());
}
