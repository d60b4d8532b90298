/**
 * The side panel in a private JupyterLab and a real browser: processor time of the page's main thread for opening it, and
 * for one step of an 8–8–8 network, with style, layout and paint.
 */
import { register } from "node:module";

register("./tsLoader.mjs", import.meta.url);
const { openLab } = await import("../browser/lab.ts");
const { calibrate, measureOpening, measureSteps } = await import("../browser/panelSpeed.ts");
const { traceNetwork } = await import("../../kernel/dist/calculus/index.js");

const lab = await openLab({ width: 1440, height: 800 });
try {
  await lab.page.locator(".jp-Launcher").waitFor();
  await lab.page.waitForTimeout(3000); // JupyterLab's own start
  const ms = (time) => `${time.toFixed(1)} ms`;
  console.log(`calibrating loop ${ms(await calibrate(lab.page))}`);
  const { task, layout, shown } = await measureOpening(lab.page);
  console.log(
    `opening: ${ms(task)} of processor, ${ms(layout)} of it layout; first step on the page after ${ms(shown)}`,
  );
  const step = await measureSteps(lab.page, traceNetwork({ sizes: [8, 8, 8], seed: 1, id: "eight" }));
  console.log(`one step at 8×8: ${ms(step.task)} of processor, ${ms(step.layout)} of it layout`);
} finally {
  await lab.close();
}
