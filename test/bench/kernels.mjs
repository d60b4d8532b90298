// The kernels that bench:kernel compares: their command lines, versions, and the same cells in their languages.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { at, venvPython } from "../../.scripts/lib.mjs";
import { kernelArguments } from "../../kernel/dist/cli/kernelSpec.js";

const require = createRequire(import.meta.url);
const versionOf = (path) => JSON.parse(readFileSync(path, "utf8")).version;

const DENO = "2.9.6";
const denoProgram = at(`.cache/deno/node_modules/@deno/${denoPackage()}/deno`);

function denoPackage() {
  const { platform, arch } = process;
  return { linux: `linux-${arch}-glibc`, darwin: `darwin-${arch}`, win32: `win32-${arch}` }[platform] ?? platform;
}

/** Deno's program is fetched once, by npm. */
function fetchDeno() {
  if (existsSync(denoProgram)) return true;
  mkdirSync(at(".cache/deno"), { recursive: true });
  writeFileSync(at(".cache/deno/package.json"), '{ "private": true }\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  spawnSync(npm, ["install", `deno@${DENO}`], { cwd: at(".cache/deno"), stdio: "inherit" });
  return existsSync(denoProgram);
}

function pythonVersion() {
  const program = "import ipykernel; print(ipykernel.__version__)";
  try {
    return execFileSync(venvPython, ["-c", program], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

const typescript = {
  noop: "0",
  declaring: (i) =>
    `interface P${i} { x: number }\nconst a${i}: P${i} = { x: ${i} }; function f${i}(y: number): number { return a${i}.x + y }\nf${i}(1)`,
  completion: "Math.sq",
  print: (n) => `for (let i = 0; i < ${n}; i++) console.log("line " + i)`,
  wait: "await new Promise((done) => setTimeout(done, 1500))",
  spin: "const end = Date.now() + 1500; while (Date.now() < end) {}",
  endless: {
    loop: "for (;;) {}",
    await: "await new Promise(() => {})",
    "loop after an await": "await new Promise((done) => setTimeout(done, 10)); for (;;) {}",
    "loop in a timer": "setTimeout(() => { for (;;) {} }, 10); await new Promise((done) => setTimeout(done, 100000))",
    "child process": 'require("child_process").execSync("sleep 100")',
  },
  records: '[{ name: "ada", age: 36 }, { name: "alan", age: 41 }]',
  again: ["const again: number = 1", 'const again: string = "one"', "again"],
  keep: "let kept = 42",
  kept: "kept",
  fail: 'throw new RangeError("no")',
  wrongType: 'const wrong: number = "text"',
  rich: '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>x</b>" }) })',
  hover: ["Math.hypot", 7],
  documented: /square root/,
  unfinished: "function g() {",
  input: 'prompt("name")',
};

const python = {
  ...typescript,
  declaring: (i) => `class P${i}:\n  x = ${i}\na${i} = P${i}()\ndef f${i}(y): return a${i}.x + y\nf${i}(1)`,
  completion: "str.sta",
  print: (n) => `for i in range(${n}): print("line", i)`,
  wait: "import asyncio; await asyncio.sleep(1.5)",
  spin: "import time\nend = time.time() + 1.5\nwhile time.time() < end: pass",
  endless: {
    loop: "while True: pass",
    await: "import asyncio; await asyncio.Future()",
    "loop after an await": "import asyncio\nawait asyncio.sleep(0.01)\nwhile True: pass",
    "loop in a timer":
      "import asyncio\ndef f():\n  while True: pass\nasyncio.get_running_loop().call_later(0.01, f)\nawait asyncio.sleep(100000)",
    "child process": 'import subprocess; subprocess.run(["sleep", "100"])',
  },
  records: '[{"name": "ada", "age": 36}, {"name": "alan", "age": 41}]',
  again: ["again = 1", 'again = "one"', "again"],
  keep: "kept = 42",
  fail: 'raise ValueError("no")',
  wrongType: undefined,
  rich: "from IPython.display import HTML; HTML('<b>x</b>')",
  hover: ["sorted", 4],
  documented: /ascending order/,
  unfinished: "def g():",
  input: 'input("name")',
};

/** Those that are here; one that is not has no `argv`. */
export function kernels() {
  const ipykernel = pythonVersion();
  const deno = fetchDeno();
  return [
    {
      name: "tslab",
      version: versionOf(require.resolve("tslab/package.json")),
      argv: (file) => [process.execPath, require.resolve("tslab/bin/tslab"), "kernel", `--config-path=${file}`],
      cells: { ...typescript, input: undefined },
    },
    {
      name: "Deno",
      version: DENO,
      ...(deno && { argv: (file) => [denoProgram, "jupyter", "--kernel", "--conn", file] }),
      cells: {
        ...typescript,
        endless: {
          ...typescript.endless,
          "child process": 'new Deno.Command("sleep", { args: ["100"] }).outputSync()',
        },
      },
    },
    {
      name: "ipykernel",
      version: ipykernel ?? "",
      ...(ipykernel && { argv: (file) => [venvPython, "-m", "ipykernel_launcher", "-f", file] }),
      cells: python,
    },
    {
      name: "Nabla",
      version: versionOf(at("kernel/package.json")),
      argv: (file) => [process.execPath, ...kernelArguments(file)],
      env: { MALLOC_ARENA_MAX: "2" },
      cells: { ...typescript, input: 'import { input } from "nabla/jupyter"; input("name")' },
    },
  ];
}
