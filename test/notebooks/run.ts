// The committed notebooks, and what this build makes of them.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "notebooks");

export interface Output {
  readonly output_type: "execute_result" | "display_data" | "stream" | "error";
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly id: string;
  readonly source: string | readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: object; readonly language_info?: { readonly name: string } };
}

export const notebooks = readdirSync(folder)
  .filter((name) => name.endsWith(".ipynb"))
  .map((name) => path.join(folder, name));

export const nameOf = (file: string): string => path.basename(file, ".ipynb");
export const read = (file: string): Notebook => JSON.parse(readFileSync(file, "utf8")) as Notebook;

/** Notebook files keep a text as its lines. */
export const textOf = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text ?? ""));

export const codeCells = (notebook: Notebook): Cell[] => notebook.cells.filter((cell) => cell.cell_type === "code");

/** The texts of one MIME type among the outputs of a notebook. */
export const outputsOf = (notebook: Notebook, type: string): string[] =>
  codeCells(notebook).flatMap((cell) =>
    (cell.outputs ?? []).flatMap(({ data }) => (data && type in data ? [textOf(data[type])] : [])),
  );

/** A folder for one test file; `remove` takes it away. */
export function scratch(): { folder: string; remove(): void } {
  const made = mkdtempSync(path.join(tmpdir(), "nabla-notebooks-"));
  return { folder: made, remove: () => rmSync(made, { recursive: true, force: true }) };
}

/** Runs a script of this folder with the Python of .venv; what it printed is the message when it fails. */
export function python(script: string, ...args: string[]): Promise<void> {
  const windows = process.platform === "win32";
  const program = path.join(root, ".venv", windows ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(program)) throw new Error("no .venv: run `npm run setup` first");
  return new Promise((resolve, reject) => {
    const child = spawn(program, [path.join(import.meta.dirname, script), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${script} ended with ${code}\n${printed}`)),
    );
  });
}
