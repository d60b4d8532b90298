/**
 * The Jupyter kernel beside tslab, Deno and ipykernel: what each can do, how long it takes, how much memory it holds,
 * and how long a cell waits that comes while Nabla's full types are loading.
 * Usage: npm run bench:kernel [-- --rounds 7] [--only features|latency|memory|upgrade] [--write <file>].
 */
import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { start } from "./jupyterClient.mjs";
import { complete, FEATURES } from "./kernelFeatures.mjs";
import { kernels } from "./kernels.mjs";

/** Repetitions of what a warm kernel does, in each round. */
const REPEATS = 15;
/** Nabla begins to take the full types when it has been idle for 0.2 s; on a busy machine they are there some seconds later. */
const SETTLED_MS = 9000;
const CELLS = 500;
const MEASURED_CELLS = [0, 1, 50, 100, 200, 300, 400, 500];
/** Where in the upgrade a cell is sent: milliseconds after the last answer. */
const ARRIVALS = [220, 400, 600, 800, 1000, 1500];

const argument = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : process.argv[i + 1];
};
const rounds = Number(argument("rounds", 7));
const only = argument("only");
const load = () => loadavg()[0].toFixed(1);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = kernels();
const here = all.filter(({ argv }) => argv);
const loadBefore = load();

/** A kernel that has answered its first cell. */
async function running({ argv, env, cells }) {
  const kernel = await start(argv, env);
  const { sinceStart: info } = await kernel.request("kernel_info_request", {});
  const { sinceStart: first } = await kernel.execute(cells.noop);
  return { kernel, info, first };
}

async function features() {
  const rows = Object.keys(FEATURES).map((name) => [name]);
  for (const each of all) {
    let kernel;
    for (const [i, probe] of Object.values(FEATURES).entries()) {
      if (!each.argv) {
        rows[i].push("not installed");
        continue;
      }
      kernel ??= (await running(each)).kernel;
      const found = await probe(kernel, each.cells);
      rows[i].push(found);
      // One that has failed may be wedged: the next probe gets a new kernel.
      if (/^(yes|[\d.]+$|–)/.test(found)) continue;
      await kernel.stop();
      kernel = undefined;
    }
    await kernel?.stop();
  }
  return table(["", ...all.map(({ name }) => name)], rows);
}

const LATENCIES = {
  "start → kernel_info": "info",
  "start → first execute": "first",
  "warm no-op execute": "noop",
  "warm execute with declarations": "declaring",
  "warm no-op, settled": "settledNoop",
  "with declarations, settled": "settledDeclaring",
  "completion, settled": "completion",
};

async function latencyRound({ cells, ...each }, into) {
  const { kernel, info, first } = await running({ cells, ...each });
  into.info.push(info);
  into.first.push(first);
  let n = 0;
  const noop = async () => (await kernel.execute(cells.noop)).ms;
  const declaring = async () => (await kernel.execute(cells.declaring(n++))).ms;
  await noop();
  await declaring();
  await repeat(into.noop, noop);
  await repeat(into.declaring, declaring);
  await pause(SETTLED_MS);
  await noop();
  await declaring();
  await complete(kernel, cells.completion);
  await repeat(into.settledNoop, noop);
  await repeat(into.settledDeclaring, declaring);
  await repeat(into.completion, async () => (await complete(kernel, cells.completion)).ms);
  await kernel.stop();
}

async function repeat(into, measure) {
  for (let i = 0; i < REPEATS; i++) {
    const ms = await measure();
    if (ms !== undefined) into.push(ms);
  }
}

async function latency() {
  const times = new Map(
    here.map(({ name }) => [name, Object.fromEntries(Object.values(LATENCIES).map((k) => [k, []]))]),
  );
  for (let round = 0; round < rounds; round++) for (const each of here) await latencyRound(each, times.get(each.name));
  const cell = (name, key) => {
    const values = times.get(name)?.[key] ?? [];
    const shown = (ms) => (ms < 20 ? ms.toFixed(1) : ms.toFixed(0));
    return values.length === 0 ? "–" : `${shown(median(values))} (${shown(Math.min(...values))})`;
  };
  const ratio = (key) => {
    const [ours, theirs] = ["Nabla", "ipykernel"].map((name) => times.get(name)?.[key] ?? []);
    return theirs.length === 0 ? "–" : `${(median(ours) / median(theirs)).toFixed(2)} ×`;
  };
  return table(
    ["ms, median (least)", ...all.map(({ name }) => name), "Nabla ÷ ipykernel"],
    Object.entries(LATENCIES).map(([title, key]) => [title, ...all.map(({ name }) => cell(name, key)), ratio(key)]),
  );
}

/** Memory after the start, when settled, and over cells that declare. */
async function memory() {
  const columns = await Promise.all(
    all.map(async ({ cells, ...each }) => {
      if (!each.argv) return ["not installed"];
      const { kernel } = await running({ cells, ...each });
      const values = [kernel.memory()];
      await pause(2 * SETTLED_MS);
      values.push(kernel.memory());
      for (let i = 1; i <= CELLS; i++) {
        await kernel.execute(cells.declaring(i));
        if (i > 1 && MEASURED_CELLS.includes(i)) values.push(kernel.memory());
      }
      await kernel.stop();
      return values.map((mib) => mib.toFixed(0));
    }),
  );
  const titles = MEASURED_CELLS.map((n) =>
    n === 0 ? "after the first cell" : n === 1 ? "settled" : `after ${n} cells`,
  );
  const rows = titles.map((title, i) => [title, ...columns.map((column) => column[i] ?? "")]);
  return table(["resident MiB", ...all.map(({ name }) => name)], rows);
}

/** How much longer than a warm one a cell takes that comes while the full types are loading. */
async function upgrade() {
  const nabla = all.at(-1);
  const waits = [];
  for (const arrival of ARRIVALS) {
    const { kernel } = await running(nabla);
    await kernel.execute(nabla.cells.declaring(0));
    const warm = [];
    await repeat(warm, async () => (await kernel.execute(nabla.cells.noop)).ms);
    await pause(arrival);
    waits.push([`${arrival} ms`, ((await kernel.execute(nabla.cells.noop)).ms - median(warm)).toFixed(0)]);
    await kernel.stop();
  }
  return table(["idle for", "a no-op cell then takes longer by, ms"], waits);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const parts = [];
for (const [name, part] of Object.entries({ features, latency, memory, upgrade }))
  if (!only || only === name) parts.push(await part());
const versions = all.map(({ name, version }) => `${name} ${version}`).join(", ");
const report = [
  `${versions}; Node ${process.versions.node}; ${availableParallelism()} cores, load ${loadBefore} before and ${load()} after; ${rounds} rounds, kernels in turn.`,
  ...parts,
].join("\n\n");
console.log(report);
const file = argument("write");
if (file) writeFileSync(file, `${report}\n`);
process.exit(0);
