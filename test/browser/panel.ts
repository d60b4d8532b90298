// The side panel as a user sees it: what stands where, read from the page.
import type { Page } from "playwright-core";
import type { Lab } from "./lab.js";

export const panelOf = (page: Page) => {
  const node = page.locator(".jp-nabla-Panel");
  const mark = (id: string) => node.locator(`.jp-nabla-Mark[data-step="${id}"]`);
  const figure = (tensor: string, within = "") => node.locator(`${within} [data-tensor="${tensor}"]`).first();
  return {
    node,
    figure,
    step: () => node.locator('.jp-nabla-Mark[aria-current="step"]').innerText(),
    steps: () => node.locator(".jp-nabla-Mark").allInnerTexts(),
    goTo: async (id: string) => {
      await mark(id).click();
      await node.locator(`.jp-nabla-Scroller[data-step="${id}"]`).waitFor();
    },
    status: () => node.locator(".jp-nabla-Status").innerText(),
    layout: () => node.locator(".jp-nabla-LayoutBanner").innerText(),
    explanation: () => node.locator(".jp-nabla-Explain").innerText(),
    /** Puts the focus where the keys step. */
    focus: () => node.locator(".jp-nabla-Scroller").focus(),
    cell: (tensor: string, row: number, col: number) =>
      figure(tensor).locator(`[data-row="${row - 1}"][data-col="${col - 1}"]`),
    /** The numbers of a figure as they are printed, row by row. */
    printed: (tensor: string, within?: string) => rows(figure(tensor, within), (cell) => cell.textContent ?? ""),
    /** The same with six decimals, as the cells say when the pointer rests on them. */
    exact: (tensor: string) => rows(figure(tensor), (cell) => cell.getAttribute("title") ?? ""),
  };
};

const rows = (figure: ReturnType<Page["locator"]>, read: (cell: Element) => string): Promise<string[][]> =>
  figure.locator(".jp-nabla-Grid").evaluate((grid, source) => {
    const cellText = new Function("cell", `return (${source})(cell)`) as (cell: Element) => string;
    const lines = Array.from(grid.querySelectorAll("[role=row]"));
    return lines.map((line) => Array.from(line.querySelectorAll("[role=gridcell]"), cellText));
  }, read.toString());

/** Opens the panel and waits until its first step is drawn. */
export async function openPanel(lab: Lab): Promise<ReturnType<typeof panelOf>> {
  await lab.command("nabla-trace:open");
  const panel = panelOf(lab.page);
  await panel.node.locator('.jp-nabla-Mark[aria-current="step"]').waitFor();
  return panel;
}
