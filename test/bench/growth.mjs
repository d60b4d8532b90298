/**
 * The cost of a derivation by the size of its expression: one line per family and style with milliseconds of processor
 * time per size (a busy machine changes it less than the clock) and the exponent fitted to it (slope of log ms by log size). Usage: npm run bench:growth [-- part of a family's name].
 */
import { declare, derive, NablaError, parseProgram } from "../../kernel/dist/calculus/index.js";
import { FAMILIES } from "./families.mjs";

/** A size is repeated until this is spent, and the fastest run counts; a slower family goes no further. */
const REPEAT_MS = 60;
const LONGEST_MS = 10_000;

const wanted = process.argv.slice(2).join(" ");

function run({ expr, vars, wrt }, style) {
  const scope = declare(vars);
  const program = parseProgram(expr, scope);
  const lets = program.lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
  const variables = wrt.map((name) => scope.symbols.get(name));
  const budget = { seconds: LONGEST_MS / 1000, now: () => performance.now() };
  return derive(program.result, variables, { style, lets, outputName: program.resultName, text: expr, budget });
}

function measure(problem, style) {
  let best = Number.POSITIVE_INFINITY;
  let told;
  for (let spent = 0; spent < REPEAT_MS; ) {
    const start = process.cpuUsage();
    told = run(problem, style);
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    best = Math.min(best, ms);
    spent += ms;
  }
  return { ms: best, told };
}

/** Slope of the line through (log k, log ms), the small sizes left out where there are enough. */
function exponent(points) {
  const kept = points.slice(-3).map(([k, ms]) => [Math.log(k), Math.log(ms)]);
  if (kept.length < 2) return Number.NaN;
  const mean = (n) => kept.reduce((s, p) => s + p[n], 0) / kept.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = kept.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0);
  return over / kept.reduce((s, [x]) => s + (x - mx) ** 2, 0);
}

for (const { name, sizes, styles, of } of FAMILIES) {
  if (!name.includes(wanted)) continue;
  for (const style of styles) {
    const points = [];
    const cells = [];
    let steps = 0;
    let teller = style;
    for (const k of sizes) {
      try {
        const { ms, told } = measure(of(k), style);
        points.push([k, ms]);
        cells.push(`${k}: ${ms < 10 ? ms.toFixed(1) : Math.round(ms)}`);
        steps = told.steps.length;
        teller = told.problem.style;
        if (ms > LONGEST_MS) break;
      } catch (error) {
        cells.push(`${k}: ${error instanceof NablaError ? error.code : error.name} (${error.message.slice(0, 90)})`);
        break;
      }
    }
    const slope = exponent(points);
    const said = teller === style ? "" : `, told in ${teller} style`;
    console.log(
      `${name} | ${style} | ${cells.join("  ")} ms | exponent ${Number.isNaN(slope) ? "–" : slope.toFixed(2)} | ${steps} steps${said}`,
    );
  }
}
