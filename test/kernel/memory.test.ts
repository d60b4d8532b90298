import { expect, test, vi } from "vitest";
import { startKernel } from "./client.js";

/** Resident memory after 200 cells may exceed that after 50 by this part of it. */
const GROWTH = 0.15;

test("memory does not grow with the number of cells, once the full types are there", async () => {
  const kernel = await startKernel();
  await kernel.execute("0");
  const documented = { code: "process.cwd", cursor_pos: 9, detail_level: 0 };
  const hover = async () => JSON.stringify((await kernel.request("inspect_request", documented)).data);
  await vi.waitFor(async () => expect(await hover()).toContain("current working directory"), {
    timeout: 30_000,
    interval: 2000,
  });
  let count = 0;
  const run = async (until: number) => {
    for (; count < until; count++) {
      const declaring = `interface P${count} { x: number }\nconst a${count}: P${count} = { x: ${count} }; a${count}.x`;
      const { reply } = await kernel.execute(declaring);
      expect(reply.status).toBe("ok");
    }
    const { result } = await kernel.execute("process.memoryUsage.rss() / 2 ** 20");
    return Number(result["text/plain"]);
  };
  const early = await run(50);
  const late = await run(200);
  expect(late / early, `${early} MiB, then ${late} MiB`).toBeLessThan(1 + GROWTH);
  await kernel.stop();
});
