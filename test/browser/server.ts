// A private JupyterLab for tests: own home, settings, workspaces and notebook folder in a temporary directory, a free
// port of 127.0.0.1, no token. It runs from the .venv that set-up made, so it has our kernelspec and labextension.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export const repository = path.resolve(import.meta.dirname, "../..");
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 10_000;

export interface Server {
  /** http://127.0.0.1:PORT/, with the base path when there is one. */
  url: string;
  /** The folder JupyterLab shows: a copy of notebooks/. */
  notebooks: string;
  /** Private scratch space, removed by `stop`. */
  scratch: string;
  /** What the server printed so far. */
  log(): string;
  stop(): Promise<void>;
}

/** `base` is the path below which everything is served, as behind JupyterHub. */
export async function startServer(base = "/"): Promise<Server> {
  const python = path.join(repository, ".venv/bin/python");
  if (!existsSync(python)) throw new Error("no .venv: run `npm run setup` first");
  const scratch = await mkdtemp(path.join(tmpdir(), "nabla-lab-"));
  const folder = async (name: string) => {
    const made = path.join(scratch, name);
    await mkdir(made, { recursive: true });
    return made;
  };
  const notebooks = await folder("notebooks");
  const committed = path.join(repository, "notebooks");
  if (existsSync(committed)) await cp(committed, notebooks, { recursive: true });

  const config = await folder("config");
  await mkdir(path.join(config, "labconfig"));
  const pageConfig = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  await writeFile(path.join(config, "labconfig/page_config.json"), JSON.stringify(pageConfig));

  const env = {
    ...process.env,
    HOME: await folder("home"),
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: await folder("data"),
    JUPYTER_RUNTIME_DIR: await folder("runtime"),
    JUPYTERLAB_SETTINGS_DIR: await folder("settings"),
    JUPYTERLAB_WORKSPACES_DIR: await folder("workspaces"),
  };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${base}`;
  const args = [
    "-m",
    "jupyterlab",
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    `--ServerApp.base_url=${base}`,
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--ServerApp.disable_check_xsrf=True",
    `--ServerApp.root_dir=${notebooks}`,
    "--LanguageServerManager.autodetect=False",
    "--LabApp.expose_app_in_browser=True", // window.jupyterapp, through which the helpers run commands
    "--JupyterNotebookApp.expose_app_in_browser=True",
  ];
  const child = spawn(python, args, { cwd: notebooks, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
  const stop = async () => {
    await stopGroup(child);
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(`${url}api`, child);
  } catch (error) {
    await stop();
    throw new Error(`JupyterLab did not start: ${(error as Error).message}\n${log}`);
  }
  return { url, notebooks, scratch, log: () => log, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`exit status ${child.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer at ${url} within ${START_TIMEOUT / 1000} s`);
}

/** SIGTERM lets the server shut its kernels down; what is left of the group after that is killed. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  signalGroup(child.pid, "SIGTERM");
  const late = setTimeout(() => signalGroup(child.pid as number, "SIGKILL"), STOP_TIMEOUT);
  await gone;
  clearTimeout(late);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
