/**
 * The panel in front of a class: it fills the window, above everything else of JupyterLab, in large type. The panel
 * stays where it is in the page and is shown in the browser's top layer, so nothing is drawn twice and all keys work.
 */
export function project(node: HTMLElement, on: boolean): void {
  node.classList.toggle("jp-mod-projector", on);
  node.toggleAttribute("popover", false);
  if (!on) return;
  node.setAttribute("popover", "manual");
  node.showPopover?.();
}
