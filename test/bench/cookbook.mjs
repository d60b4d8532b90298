/**
 * Nabla (`nabla batch`, with steps and checks) and SymPy on the 128 derivatives of the Matrix Cookbook that have
 * numbers, case by case in turn on the same bindings; every answer is judged on the same expected numbers.
 * Usage: npm run bench:cookbook [-- --write <file>]. The kernel must be built (npm run build).
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { at, venvPython } from "../../.scripts/lib.mjs";
import { answer } from "../../kernel/dist/calculus/index.js";
import { lengths } from "./lengths.mjs";

const { cases } = JSON.parse(readFileSync(at("test/cookbook/cookbook-numeric.json"), "utf8"));
const load = () => loadavg()[0].toFixed(1);
const loadBefore = load();

/** SymPy has an environment of its own, made once under .cache/. */
function sympyPython() {
  const python = at(".cache/sympy/bin/python");
  const requirements = at("test/bench/requirements.txt");
  if (!existsSync(python)) run(existsSync(venvPython) ? venvPython : "python3", ["-m", "venv", at(".cache/sympy")]);
  run(python, ["-m", "pip", "install", "-q", "-r", requirements]);
  return python;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}

/** A process that answers one line with one line. */
function worker(command, args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => JSON.parse((await lines.next()).value);
  return {
    read,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return read();
    },
    end: () => child.stdin.end(),
  };
}

/** The measure of the data: 1e-6 of the largest entry, and 1e-9; axes of size 1 are dropped. */
function isRight(expected, shape, data) {
  const plain = (s) => s.filter((n) => n !== 1).join();
  const scale = Math.max(...expected.data.map(Math.abs));
  return (
    plain(shape) === plain(expected.shape) &&
    data.length === expected.data.length &&
    expected.data.every((x, i) => Math.abs(x - data[i]) <= 1e-6 * scale + 1e-9)
  );
}

async function askNabla(nabla, { expected, value, source, group, ...request }) {
  const made = await nabla.ask(request);
  if (!made.ok) return { verdict: "error", ms: made.ms, why: made.error.message };
  return { verdict: isRight(expected, made.tensor.shape, made.tensor.data) ? "right" : "wrong", ms: made.ms };
}

/** The better of two ways to write a 1×1 product where a number is needed. */
async function askSympy(sympy, how, { expected, ...request }) {
  const ranks = ["right", "none", "error", "wrong", "unwritable"];
  const replies = [];
  for (const writing of ["trace", "product"]) {
    const { verdict, data, shape, ms, message, text } = await sympy.ask({ ...request, how, writing });
    const judged = verdict !== "answer" ? verdict : isRight(expected, shape, data) ? "right" : "wrong";
    replies.push({ verdict: judged, ms, why: message ?? text });
    if (judged === "right") break;
  }
  return replies.sort((a, b) => ranks.indexOf(a.verdict) - ranks.indexOf(b.verdict))[0];
}

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))];
const count = (results, verdict) => String(results.filter((r) => r.verdict === verdict).length);
const times = (results) => results.flatMap((r) => (r.ms === null || r.ms === undefined ? [] : [r.ms]));

const sympy = worker(sympyPython(), [at("test/bench/sympyWorker.py")]);
const versions = await sympy.read();
const nabla = worker(process.execPath, [at("kernel/bin/nabla.js"), "batch"]);
const columns = { "Nabla, steps and checks": [], "SymPy diff": [], "SymPy array_derive": [] };
for (const one of cases) {
  columns["Nabla, steps and checks"].push(await askNabla(nabla, one));
  columns["SymPy diff"].push(await askSympy(sympy, "diff", one));
  columns["SymPy array_derive"].push(await askSympy(sympy, "array_derive", one));
}
nabla.end();
sympy.end();

const base = quantile(times(columns["Nabla, steps and checks"]), 0.5);
const line = (name, results) => {
  const ms = times(results);
  const verdicts = ["right", "wrong", "none", "error", "unwritable"].map((v) => count(results, v));
  const [median, late, most] = [0.5, 0.95, 1].map((q) => quantile(ms, q));
  return `| ${[name, ...verdicts, median.toFixed(1), late.toFixed(1), most.toFixed(0), (median / base).toFixed(1)].join(" | ")} |`;
};
const rejected = Object.entries(columns).flatMap(([name, results]) =>
  results.flatMap((r, i) =>
    r.verdict === "wrong" ? [`| ${name} | \`${cases[i].expr}\` | ${cases[i].wrt.join(", ")} | \`${r.why}\` |`] : [],
  ),
);
const report = [
  `${cases.length} derivatives; SymPy ${versions.sympy} on Python ${versions.python}, Node ${process.versions.node}; ${availableParallelism()} cores, load ${loadBefore} before and ${load()} after.`,
  "",
  "| | right | wrong | no answer | error | cannot be written | median ms | 95 % ms | worst ms | median ÷ Nabla |",
  "|---|---|---|---|---|---|---|---|---|---|",
  ...Object.entries(columns).map(([name, results]) => line(name, results)),
  "",
  lengths(answer),
  "",
  "Wrong answers, as printed by the system:",
  "",
  "| system | expression | by | answer |",
  "|---|---|---|---|",
  ...rejected,
].join("\n");
console.log(report);
const file = process.argv.indexOf("--write");
if (file > 0) writeFileSync(process.argv[file + 1], `${report}\n`);
