// `npm test`: set-up, then every stage below, one after another; the last line is the sum of all counts.
// `node .scripts/test.mjs unit kernel` runs some; what starts with a dash or names a file goes to vitest:
// npm run test:unit -- test/calculus/ops -t logdet
// The stage python (exported programs in NumPy, JAX, PyTorch, Octave) needs 1 GB of packages: part of the whole in CI only.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { at, main, program, readOr, SetupError, status } from "./lib.mjs";
import { checkNode, codeEnvironment, packages, setup } from "./setup.mjs";

const node = process.execPath;
const ok = async (...args) => (await status(node, args)) === 0;

/** Static checks: each counts as one test. */
const checks = {
  types: () => ok(program("typescript/bin/tsc"), "-p", "test"),
  "types of a cell": () => ok(at(".scripts/cellTypes.mjs")),
  lint: () => ok(program("@biomejs/biome/bin/biome"), "check", "."),
  layers: () =>
    ok(
      program("dependency-cruiser/bin/dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.cjs",
      ...["kernel/src", "labextension/src", "test"],
    ),
  documentation: () => ok(program("typedoc/bin/typedoc"), "--options", ".typedoc.json", "--emit", "none"),
  unused: () => ok(program("knip/bin/knip.js"), "--config", ".knip.json", "--no-progress"),
};
/** Projects of test/vitest.config.mts; `built`: runs the built product, so the whole set-up comes first. */
const suites = {
  unit: { built: false },
  kernel: { built: true },
  notebooks: { built: true },
  browser: { built: true },
  python: { built: false, prepare: codeEnvironment, cost: "NumPy, JAX and PyTorch take 1 GB" },
};
const groups = {
  checks: Object.keys(checks),
  all: [...Object.keys(checks), ...Object.keys(suites).filter((name) => !suites[name].cost || process.env.CI)],
};

await main(async () => {
  const [chosen, rest] = chosenStages(process.argv.slice(2));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const usable = await prepare(chosen.some(needsSetup));
  const installed = existsSync(at("node_modules/.package-lock.json"));
  if (!usable) total.failed += 1;

  for (const name of chosen) {
    if (!installed || (!usable && needsSetup(name))) {
      lines.push(`  ${name.padEnd(16)} not run: the set-up failed`);
      continue;
    }
    console.log(`\n▸ ${name}`);
    const start = performance.now();
    const counts = name in suites ? await runSuite(name, rest) : count(await checks[name]());
    for (const key in total) total[key] += counts[key];
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    lines.push(`  ${name.padEnd(16)} ${line(counts).padEnd(36)} ${time}`);
  }
  for (const name of leftOut(chosen))
    lines.push(`  ${name.padEnd(16)} not run: ${suites[name].cost}; npm run test:${name}`);
  console.log(`\n${lines.join("\n")}\n`);
  console.log(line(total));
  return total.failed === 0 ? 0 : 1;
});

function chosenStages(args) {
  const names = args.flatMap((arg) => groups[arg] ?? (arg in checks || arg in suites ? [arg] : []));
  const rest = args.filter((arg) => !(arg in groups || arg in checks || arg in suites));
  return [names.length > 0 ? names : groups.all, rest];
}

/** What the whole leaves out on this machine: said, never silent. */
function leftOut(chosen) {
  return chosen === groups.all ? Object.keys(suites).filter((name) => !chosen.includes(name)) : [];
}

/** The declarations of the build are what the sources of test/ and a cell are checked against. */
function needsSetup(name) {
  return suites[name]?.built ?? name.startsWith("types");
}

/** The set-up; a failure is reported here and counted as one failed test, so that the closing line is always there. */
async function prepare(needsBuild) {
  try {
    if (needsBuild) await setup();
    else {
      checkNode();
      await packages();
    }
    return true;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
    return false;
  }
}

async function runSuite(project, args) {
  try {
    await suites[project].prepare?.();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
    return count(false);
  }
  const report = at(".cache/test", `${project}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const passed = await ok(
    program("vitest/vitest.mjs"),
    "run",
    "--config=test/vitest.config.mts",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  );
  const result = JSON.parse(readOr(report, "null"));
  if (!result) return count(passed);
  const broken = result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = result.numFailedTests + broken.length;
  return {
    passed: result.numPassedTests,
    failed: passed ? failed : Math.max(1, failed), // an error outside every test fails the run as well
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function count(passed) {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
