// Set-up of a working tree: Node packages, build, Python environment with JupyterLab, kernelspec and labextension linked
// into it. Each part is skipped when it is already as it should be, so that a second run takes seconds.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, kernelSpec, labextension } from "./build.mjs";
import { at, hashOf, main, readOr, run, SetupError, step, venvPython } from "./lib.mjs";

const NODE = [20, 19];
const PYTHON = [3, 10];
const REQUIREMENTS = at(".scripts/requirements.txt");

/** Everything `npm start` and the whole `npm test` need. */
export async function setup() {
  checkNode();
  const python = findPython();
  await packages();
  await pythonEnvironment(python);
  await build();
  link();
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  throw new SetupError(
    `Nabla needs Node ${NODE.join(".")} or newer; this is Node ${process.versions.node}.\n` +
      "  Get it from https://nodejs.org (or `nvm install 22`).",
  );
}

/** The first usable Python: $PYTHON, python3, python. */
function findPython() {
  const names = process.env.PYTHON ? [process.env.PYTHON] : ["python3", "python"];
  let found;
  for (const name of names) {
    const probe = spawnSync(
      name,
      [
        "-c",
        // Inside an environment (perhaps our own .venv) the Python that it was made from is asked for.
        "import sys; print(getattr(sys, '_base_executable', sys.executable) if sys.prefix != sys.base_prefix else sys.executable); print('%d.%d.%d' % sys.version_info[:3])",
      ],
      {
        encoding: "utf8",
      },
    );
    if (probe.status !== 0) continue;
    const [executable, version] = probe.stdout.trim().split(/\r?\n/);
    const [major, minor] = version.split(".").map(Number);
    found ??= version;
    if (major < PYTHON[0] || (major === PYTHON[0] && minor < PYTHON[1])) continue;
    const missing = ["venv", "ensurepip"].filter((m) => spawnSync(executable, ["-c", `import ${m}`]).status !== 0);
    if (missing.length > 0) {
      throw new SetupError(
        `Python ${version} has no module ${missing.join(" and ")}, which JupyterLab's own environment (.venv) needs.\n` +
          "  Debian, Ubuntu: sudo apt-get install python3-venv\n" +
          "  Elsewhere: install Python from https://python.org, or name another one: PYTHON=/path/to/python npm start",
      );
    }
    return { executable, version };
  }
  throw new SetupError(
    `Nabla needs Python ${PYTHON.join(".")} or newer for JupyterLab; ${found ? `this is Python ${found}` : "no python3 was found"}.\n` +
      "  Debian, Ubuntu: sudo apt-get install python3 python3-venv\n" +
      "  Elsewhere: https://python.org, or name one: PYTHON=/path/to/python npm start",
  );
}

/** `npm ci`, unless node_modules already holds what package-lock.json says. */
export async function packages() {
  await step("Node packages", async () => {
    if (installedAsLocked()) return "up to date";
    const npm = process.env.npm_execpath;
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    const [command, before] = npm ? [process.execPath, [npm]] : ["npm", []];
    await run(command, [...before, ...args], {
      shell: !npm && process.platform === "win32",
    });
  });
}

/** npm keeps the list of what it installed in node_modules/.package-lock.json, written last. */
function installedAsLocked() {
  const installedFile = at("node_modules/.package-lock.json");
  if (!existsSync(installedFile)) return false;
  const locked = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  const same = (name) =>
    locked[name]?.version === installed[name].version && locked[name]?.integrity === installed[name].integrity;
  return (
    Object.keys(installed).every(same) &&
    Object.keys(locked).every(
      (name) => name === "" || name in installed || locked[name].optional || locked[name].extraneous,
    )
  );
}

const pythonEnvironment = (python) =>
  environment("Python environment with JupyterLab (.venv)", python, ".venv", venvPython, REQUIREMENTS);

/** NumPy, JAX and PyTorch, on which exported programs are run. */
export async function codeEnvironment() {
  const python = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const folder = ".cache/python";
  const requirements = at("test/python/requirements.txt");
  await environment(
    `Python environment with NumPy, JAX and PyTorch (${folder})`,
    findPython(),
    folder,
    at(folder, python),
    requirements,
  );
}

/** A folder with pinned requirements; made anew when they, or the Python, change. */
async function environment(name, python, folder, executable, requirements) {
  await step(name, async () => {
    const stamp = at(folder, ".nabla-requirements");
    const want = hashOf([requirements], python.version);
    if (existsSync(executable) && readOr(stamp, "") === want) return "up to date";
    rmSync(at(folder), { recursive: true, force: true });
    await run(python.executable, ["-m", "venv", at(folder)]);
    const pip = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "-r", requirements];
    await run(executable, pip);
    writeFileSync(stamp, want);
  });
}

/** Kernelspec and labextension into the environment; the news pop-up, which asks the network, off. */
function link() {
  const data = at(".venv/share/jupyter");
  for (const built of [kernelSpec, labextension]) {
    const target = path.join(data, path.relative(at("share/jupyter"), built));
    mkdirSync(path.dirname(target), { recursive: true });
    if (lstatSync(target, { throwIfNoEntry: false })) rmSync(target, { recursive: true });
    const from = process.platform === "win32" ? built : path.relative(path.dirname(target), built);
    symlinkSync(from, target, "junction");
  }
  const config = at(".venv/etc/jupyter/labconfig");
  mkdirSync(config, { recursive: true });
  const pageConfig = {
    disabledExtensions: {
      "@jupyterlab/apputils-extension:announcements": true,
    },
  };
  writeFileSync(path.join(config, "page_config.json"), `${JSON.stringify(pageConfig, null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) await main(setup);
