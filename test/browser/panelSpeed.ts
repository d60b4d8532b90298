// What the panel costs the page's main thread, in its own processor time, which other processes do not lengthen: shared
// by the benchmark (test/bench/panel.mjs) and a browser test.
import type { Page } from "playwright-core";

/** Milliseconds of processor time of the main thread. */
export interface Cost {
  /** All tasks: script, style, layout, paint. */
  readonly task: number;
  readonly layout: number;
}

async function costOf(page: Page, act: () => Promise<unknown>): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async (): Promise<Map<string, number>> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, 1000 * value]));
  };
  const before = await read();
  await act();
  const after = await read();
  await session.detach();
  const spent = (name: string): number => after.get(name)! - before.get(name)!;
  return { task: spent("TaskDuration"), layout: spent("LayoutDuration") + spent("RecalcStyleDuration") };
}

/** Opens the panel for the first time; what it costs until all formulas of its first step stand. */
export async function measureOpening(page: Page): Promise<Cost & { readonly shown: number }> {
  let shown = 0;
  const cost = await costOf(page, async () => {
    shown = await page.evaluate(async () => {
      const start = performance.now();
      type App = { commands: { execute(id: string): Promise<unknown> } };
      await (window as unknown as { jupyterapp: App }).jupyterapp.commands.execute("nabla-trace:open");
      while (!document.querySelector('.jp-nabla-Mark[aria-current="step"]')) await new Promise(requestAnimationFrame);
      return performance.now() - start;
    });
    await page.waitForTimeout(2000);
  });
  return { ...cost, shown };
}

/** The mean cost of a step of a document, once its formulas are typeset: forwards and backwards through all of it. */
export async function measureSteps(page: Page, document: { readonly steps: readonly unknown[] }): Promise<Cost> {
  const count = document.steps.length - 1;
  const round = (first: string, step: string) =>
    page.evaluate(
      async ([start, next, turns]) => {
        type App = { commands: { execute(id: string): Promise<unknown> } };
        const { commands } = (window as unknown as { jupyterapp: App }).jupyterapp;
        const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
        if (start) await commands.execute(start);
        for (let i = 0; i < turns; i++) {
          await commands.execute(next);
          await pause();
        }
      },
      [first, step, count] as const,
    );
  await page.evaluate(async (trace) => {
    type App = { commands: { execute(id: string, args: object): Promise<unknown> } };
    const { commands } = (window as unknown as { jupyterapp: App }).jupyterapp;
    await commands.execute("nabla-trace:show-document", { document: trace });
  }, document as object);
  await round("nabla-trace:first", "nabla-trace:next");
  const cost = await costOf(page, async () => {
    await round("", "nabla-trace:back");
    await round("", "nabla-trace:next");
  });
  return { task: cost.task / (2 * count), layout: cost.layout / (2 * count) };
}

/** Milliseconds of a fixed loop, against which limits are set: 8 to 10 on a shared virtual machine of 2 cores. */
export const calibrate = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const once = (): number => {
      const start = performance.now();
      const counts = new Map<string, number>();
      for (let i = 0; i < 120_000; i++) {
        const key = `k${i % 997}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return performance.now() - start;
    };
    return Math.min(...Array.from({ length: 7 }, once));
  });
