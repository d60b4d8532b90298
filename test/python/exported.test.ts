/**
 * Exported NumPy, JAX, PyTorch and Octave programs run and equal our values; one process for each library. The environment
 * `.cache/python` is made by .scripts/test.mjs; a missing Octave is a failure where CI says so, and a skip elsewhere.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Case, difference, functionsIn, givenTo, type Nested, PROGRAMS } from "../calculus/code/programs.js";
import { octaveScript } from "./octave.js";

const TOLERANCE = 1e-9;
const DEVICES = 8;
const ENVIRONMENT = path.join(import.meta.dirname, "../../.cache/python");
/** torch.compile does not quote the folder of its libraries to the linker: they are seen through a path without a space. */
const SCRATCH = mkdtempSync(path.join(tmpdir(), "nabla-exported-"));
const PYTHON = path.join(SCRATCH, "python/bin/python");
symlinkSync(ENVIRONMENT, path.join(SCRATCH, "python"));
afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));
/** Milliseconds for all programs of a library. */
const LONGEST = 600_000;
const LIBRARIES = ["numpy", "jax", "torch"] as const;
/** torch.compile takes seconds for each program. */
const COMPILED = new Set(["g1", "g2", "g5", "network-W1", "softmax"]);
/** Programs with a batch: all but those whose every sample is a whole problem of its own. */
const BATCHED = new Set(["g1", "g2", "g3", "g5-gradient", "network-W1", "network-b1", "softmax", "gaussian", "cb-030"]);

interface Returned {
  readonly error?: string;
  readonly batch?: { single: Nested[]; batched: Nested[]; sharded: Nested[]; devices: number };
  readonly [name: string]: unknown;
}

function results(library: (typeof LIBRARIES)[number]): Record<string, Returned> {
  const programs = PROGRAMS.map((c) => ({
    id: c.id,
    code: c.write(library),
    args: c.inputs.map((i) => i.value),
    given: givenTo(
      c,
      c.roles.map((_, i) => i),
    ),
    functions: functionsIn(c).map((f) => ({ ...f, given: givenTo(c, f.outputs).map((g) => g.name) })),
    compile: COMPILED.has(c.id),
    batch: BATCHED.has(c.id),
  }));
  const out = execFileSync(PYTHON, [path.join(import.meta.dirname, "run.py"), library], {
    input: JSON.stringify(programs),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: LONGEST,
    env: {
      ...process.env,
      JAX_PLATFORMS: "cpu",
      XLA_FLAGS: `--xla_force_host_platform_device_count=${DEVICES}`,
      TORCHINDUCTOR_CACHE_DIR: path.join(SCRATCH, "compiled"),
    },
  });
  return JSON.parse(out);
}

const close = (got: unknown, want: Nested, what: string): void =>
  expect(difference(got as Nested, want), what).toBeLessThan(TOLERANCE);

test("PyTorch's compiler has the C++ compiler that it needs", () => {
  const found = spawnSync(process.env.CXX ?? "g++", ["--version"]).status === 0;
  expect(found, "torch.compile needs g++. Debian, Ubuntu: sudo apt-get install g++").toBe(true);
});

describe.each(LIBRARIES)("%s", (library) => {
  const got = results(library);
  test.each(PROGRAMS.map((c) => [c.id, c] as const))("%s returns our values from every function", (id, c: Case) => {
    const mine = got[id]!;
    expect(mine.error).toBeUndefined();
    for (const { name, outputs } of functionsIn(c))
      outputs.forEach((o, i) => {
        close((mine[name] as Nested[])[i], c.expected[o]!, `${name} ${o}`);
      });
  });

  if (library === "torch")
    test.each([...COMPILED])("%s under torch.compile is the same", (id) => {
      const c = PROGRAMS.find((p) => p.id === id)!;
      c.expected.forEach((want, i) => {
        close((got[id]!.compiled as Nested[])[i], want, `output ${i}`);
      });
    });

  if (library === "jax")
    test.each([...BATCHED])(`%s over a batch, and sharded over ${DEVICES} devices, is each sample alone`, (id) => {
      const { single, batched, sharded, devices } = got[id]!.batch!;
      expect(devices).toBe(DEVICES);
      single.forEach((want, i) => {
        close(batched[i], want, `batched output ${i}`);
        close(sharded[i], want, `sharded output ${i}`);
      });
    });
});

const octave = spawnSync("octave", ["--version"]).status === 0;

if (!octave && process.env.CI)
  test("Octave is installed", () => {
    expect.unreachable("octave was not found. Debian, Ubuntu: sudo apt-get install octave");
  });

describe.runIf(octave)("octave", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "nabla-octave-"));
  for (const c of PROGRAMS)
    writeFileSync(path.join(folder, `${octaveName(c)}.m`), c.write("octave", { name: octaveName(c) }));
  writeFileSync(path.join(folder, "run_all.m"), octaveScript(PROGRAMS.map((c) => ({ c, name: octaveName(c) }))));
  execFileSync("octave", ["--no-gui", "--norc", "--quiet", "--eval", "run_all"], { cwd: folder, stdio: "inherit" });
  const file = path.join(folder, "results.json");
  const got: Record<string, Returned> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  rmSync(folder, { recursive: true });

  test.each(PROGRAMS.map((c) => [c.id, c] as const))("%s returns our values", (_id, c: Case) => {
    const mine = got[octaveName(c)]!;
    expect(mine.error).toBeUndefined();
    c.expected.forEach((want, i) => {
      close((mine.outputs as number[][])[i]!, byColumns(want), `output ${i}`);
    });
  });
});

const octaveName = (c: Case): string => `p_${c.id.replace(/\W/g, "_")}`;

/** Octave prints an array of any order by columns: first index fastest. */
function byColumns(value: Nested): number[] {
  const sizes: number[] = [];
  for (let v = value; typeof v !== "number"; v = v[0]!) sizes.push(v.length);
  const total = sizes.reduce((p, n) => p * n, 1);
  return Array.from({ length: total }, (_, k) => {
    let rest = k;
    let v = value;
    for (const size of sizes) {
      v = (v as readonly Nested[])[rest % size]!;
      rest = Math.floor(rest / size);
    }
    return v as number;
  });
}
