// Put the kernelspec where Jupyter looks for it, and take it away.

import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type KernelSpecOptions, writeKernelSpec } from "./kernelSpec.js";

export { writeKernelSpec };

/** Exactly one of these; none means `user`. */
export interface InstallTarget {
  /** For this user. */
  user?: boolean;
  /** Into the Python environment that is active (venv, conda). */
  sysPrefix?: boolean;
  /** Into `<prefix>/share/jupyter`. */
  prefix?: string;
}

const NAME = "nabla";

/** @returns the folder that was written */
export function install(target: InstallTarget = {}, options: KernelSpecOptions = {}): string {
  const folder = kernelFolder(target);
  writeKernelSpec(folder, options);
  return folder;
}

/** @returns the folder that was taken away, or undefined when there was none */
export function uninstall(target: InstallTarget = {}): string | undefined {
  const folder = kernelFolder(target);
  if (!existsSync(folder)) return undefined;
  rmSync(folder, { recursive: true });
  return folder;
}

function kernelFolder({ user, sysPrefix, prefix }: InstallTarget): string {
  const chosen = [user, sysPrefix, prefix].filter(Boolean).length;
  if (chosen > 1) throw new Error("install: wanted one of --user, --sys-prefix and --prefix, got several");
  if (prefix) return join(prefix, "share", "jupyter", "kernels", NAME);
  if (sysPrefix) return join(pythonPrefix(), "share", "jupyter", "kernels", NAME);
  return join(userDataFolder(), "kernels", NAME);
}

/** The active environment, asked from its variables first (no Python needed) and then from Python itself. */
function pythonPrefix(): string {
  const active = process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
  if (active) return active;
  for (const python of ["python3", "python"]) {
    try {
      return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch {
      // Try the next name.
    }
  }
  throw new Error("install: --sys-prefix wants a Python environment, and there is no python on the PATH; use --prefix");
}

/** Jupyter's own rule for its data folder. */
function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}
