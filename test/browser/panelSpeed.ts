// How long the panel keeps the page's main thread: shared by the benchmark (test/bench/panel.mjs) and a browser test.
import type { Page } from "playwright-core";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Milliseconds of a profile outside of idle and native work. */
function scriptTime({ nodes, samples, timeDeltas }: Profile): number {
  const outside = new Set(["(idle)", "(program)", "(root)"]);
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const busy = samples.map((id, i) => (outside.has(names.get(id) ?? "") ? 0 : (timeDeltas[i] ?? 0)));
  return busy.reduce((sum, time) => sum + time, 0) / 1000;
}

/** Opens the panel: script of the main thread within two seconds, and when the first step stood on the page. */
export async function measureOpening(page: Page): Promise<{ script: number; shown: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.start");
  const shown = await page.evaluate(async () => {
    const start = performance.now();
    type App = { commands: { execute(id: string): Promise<unknown> } };
    await (window as unknown as { jupyterapp: App }).jupyterapp.commands.execute("nabla-trace:open");
    while (!document.querySelector('.jp-nabla-Mark[aria-current="step"]')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  await page.waitForTimeout(2000);
  const { profile } = (await session.send("Profiler.stop")) as unknown as { profile: Profile };
  await session.detach();
  return { script: scriptTime(profile), shown };
}

/** Milliseconds of every step of a document, forwards and backwards once each, from the command to the laid-out page. */
export async function measureSteps(page: Page, document: object): Promise<number[]> {
  return page.evaluate(async (trace) => {
    type App = { commands: { execute(id: string, args?: object): Promise<unknown> } };
    const { commands } = (window as unknown as { jupyterapp: App }).jupyterapp;
    await commands.execute("nabla-trace:show-document", { document: trace });
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const times: number[] = [];
    const round = async (first: string, step: string, keep: boolean): Promise<void> => {
      await commands.execute(first);
      await pause(400);
      for (let i = 1; i < 16; i++) {
        const start = performance.now();
        void commands.execute(step);
        globalThis.document.querySelector(".jp-nabla-Scroller")!.getBoundingClientRect();
        if (keep) times.push(performance.now() - start);
        await pause(120);
      }
    };
    // The first round typesets the formulas, which are kept.
    await round("nabla-trace:first", "nabla-trace:next", false);
    await round("nabla-trace:last", "nabla-trace:back", true);
    await round("nabla-trace:first", "nabla-trace:next", true);
    return times;
  }, document);
}

/** Milliseconds of a fixed loop, against which limits are set: about 20 on a machine of 2024. */
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
    return Math.min(once(), once(), once());
  });
