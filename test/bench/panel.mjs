// How long the panel keeps the page's main thread: opening it, and one step of an 8–8–8 network. A private JupyterLab
// and a real browser; run `npm run build` first, then `node test/bench/panel.mjs`.
//
// Script is what the sampling profiler of the browser sees outside of idle and native work; a step is timed from the
// command to the laid-out page.
import { register } from "node:module";

register("./tsLoader.mjs", import.meta.url);
const { openLab } = await import("../browser/lab.ts");
const { calibrate, measureOpening, measureSteps } = await import("../browser/panelSpeed.ts");
const { traceNetwork } = await import("../../kernel/dist/calculus/index.js");

const lab = await openLab({ width: 1440, height: 800 });
try {
  await lab.page.locator(".jp-Launcher").waitFor();
  console.log(`the calibrating loop takes ${(await calibrate(lab.page)).toFixed(0)} ms here`);
  const opening = await measureOpening(lab.page);
  console.log(`opening: ${opening.script.toFixed(0)} ms of script, first step after ${opening.shown.toFixed(0)} ms`);
  const document = traceNetwork({ sizes: [8, 8, 8], seed: 1, id: "eight" });
  const times = await measureSteps(lab.page, document);
  const sorted = [...times].sort((a, b) => a - b);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(`a step at 8×8: median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${times.length}`);
} finally {
  await lab.close();
}
