// A private JupyterLab in a real browser, for scenario tests:
//
//   const lab = await openLab();
//   await lab.openNotebook("backprop-demo.ipynb");   // of notebooks/, or one made by lab.writeNotebook
//   await lab.runAll();
//   await lab.page.getByText("…").waitFor();         // lab.page is a Playwright page
//   expect(lab.outside).toEqual([]);                 // no request left the machine
//   await lab.close();
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { type Server, startServer } from "./server.js";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Page errors that Notebook 7 throws by itself, without any extension. */
const OF_NOTEBOOK_7 = ["reading 'schema'", "'filebrowser:open-path' not registered"];
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A Chromium to test with: $CHROMIUM, or one on the PATH. */
export const browserPath = [
  process.env.CHROMIUM ?? "",
  ...(process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => BROWSERS.map((name) => path.join(folder, name))),
  MAC_CHROME,
].find((file) => file !== "" && existsSync(file));
if (!browserPath) {
  const advice = "no Chromium found: `sudo apt-get install chromium`, or name one: CHROMIUM=/path/to/chrome npm test";
  if (process.env.CI) throw new Error(advice);
  console.warn(`browser tests are skipped: ${advice}`);
}

interface Kernel {
  readonly name: string;
  readonly display_name: string;
  readonly language: string;
}
const NABLA: Kernel = { name: "nabla", display_name: "Nabla", language: "typescript" };
/** ipykernel, which JupyterLab brings along. */
export const PYTHON: Kernel = { name: "python3", display_name: "Python 3", language: "python" };

export interface LabOptions {
  width?: number;
  height?: number;
  /** The path below which the server serves everything. */
  base?: string;
}

export interface Lab {
  page: Page;
  context: BrowserContext;
  server: Server;
  /** Requests that would have left the machine (they are refused). */
  outside: string[];
  /** Uncaught errors of the page, without those that JupyterLab or Notebook make on their own. */
  errors: string[];
  /** Opens a notebook by its path below notebooks/ and waits until its kernel is connected and idle. */
  openNotebook(notebook: string, options?: { in?: "lab" | "notebook" }): Promise<void>;
  /** Writes a notebook of code cells (a string each), for the nabla kernel by default, into the private copy of notebooks/. */
  writeNotebook(notebook: string, cells: string[], kernel?: Kernel): Promise<void>;
  /** Waits until the kernel of the current notebook is connected and idle. */
  kernelIdle(): Promise<void>;
  /** Runs all cells of the current notebook; resolves when the last has finished. */
  runAll(): Promise<void>;
  /** Restarts the kernel of the current notebook without asking, and waits until it is idle. */
  restartKernel(): Promise<void>;
  /** Runs a JupyterLab command, as the palette would. */
  command(id: string, args?: Record<string, unknown>): Promise<void>;
  setTheme(theme: "light" | "dark"): Promise<void>;
  /** Saves the current notebook and waits for it. */
  save(): Promise<void>;
  close(): Promise<void>;
}

/** What the helpers use of JupyterLab's application object, exposed by --LabApp.expose_app_in_browser. */
interface AppWindow {
  jupyterapp?: {
    started: Promise<void>;
    restored: Promise<void>;
    commands: { execute(id: string, args?: object): Promise<unknown> };
    shell: {
      currentWidget?: {
        sessionContext?: {
          isReady: boolean;
          restartKernel(): Promise<void>;
          session?: { kernel?: { status: string; connectionStatus: string; requestKernelInfo(): Promise<unknown> } };
        };
      };
    };
  };
}

export async function openLab({ width = 1280, height = 900, base }: LabOptions = {}): Promise<Lab> {
  if (!browserPath) throw new Error("no Chromium found");
  const server = await startServer(base);
  const context = await chromium
    .launchPersistentContext(path.join(server.scratch, "chromium"), {
      executablePath: browserPath,
      headless: true,
      args: FLAGS,
      viewport: { width, height },
    })
    .catch(async (error) => {
      await server.stop();
      throw error;
    });
  const page = context.pages()[0] ?? (await context.newPage());
  const outside: string[] = [];
  const errors: string[] = [];
  await context.route(
    (url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1",
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  page.on("pageerror", (error) => {
    if (!OF_NOTEBOOK_7.some((known) => error.message.includes(known))) errors.push(error.message);
  });

  const command = async (id: string, args: Record<string, unknown> = {}) => {
    await page.evaluate(
      async ([name, options]) => {
        await (window as AppWindow).jupyterapp?.commands.execute(name, options);
      },
      [id, args] as const,
    );
  };
  const visit = async (address: string) => {
    await page.goto(server.url + address);
    await page.waitForFunction(() => (window as AppWindow).jupyterapp !== undefined, undefined, { timeout: 60_000 });
    await page.evaluate(async () => {
      await (window as AppWindow).jupyterapp?.restored;
    });
  };
  const kernelIdle = async () => {
    await page.waitForFunction(
      () => {
        const session = (window as AppWindow).jupyterapp?.shell.currentWidget?.sessionContext;
        const kernel = session?.session?.kernel;
        return session?.isReady === true && kernel?.connectionStatus === "connected" && kernel.status === "idle";
      },
      undefined,
      { timeout: 60_000, polling: 50 },
    );
  };

  await visit("lab?reset");
  return {
    page,
    context,
    server,
    outside,
    errors,
    command,
    async openNotebook(notebook, { in: app = "lab" } = {}) {
      await visit(app === "lab" ? `lab/tree/${notebook}?reset` : `notebooks/${notebook}`);
      await page.locator(".jp-Notebook .jp-Cell").first().waitFor();
      await kernelIdle();
    },
    async writeNotebook(notebook, cells, kernel = NABLA) {
      const content = {
        cells: cells.map((source, i) => ({
          cell_type: "code",
          id: `cell-${i + 1}`,
          metadata: {},
          execution_count: null,
          outputs: [],
          source,
        })),
        metadata: { kernelspec: kernel },
        nbformat: 4,
        nbformat_minor: 5,
      };
      await writeFile(path.join(server.notebooks, notebook), JSON.stringify(content));
    },
    kernelIdle,
    async runAll() {
      await command("notebook:run-all-cells");
      await kernelIdle();
    },
    async restartKernel() {
      await page.evaluate(async () => {
        const session = (window as AppWindow).jupyterapp?.shell.currentWidget?.sessionContext;
        await session?.restartKernel();
        await session?.session?.kernel?.requestKernelInfo(); // until a reply JupyterLab stays at "starting", with any kernel
      });
      await kernelIdle();
    },
    async setTheme(theme) {
      await command("apputils:change-theme", { theme: theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light" });
      await page.locator(`body[data-jp-theme-light="${theme === "light"}"]`).waitFor({ state: "attached" });
    },
    save: () => command("docmanager:save"),
    async close() {
      await context.close();
      await server.stop();
    },
  };
}
