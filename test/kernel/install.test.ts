import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { install, uninstall } from "../../kernel/dist/cli/install.js";
import { installCommand } from "../../kernel/dist/cli/installCommand.js";

const nabla = fileURLToPath(new URL("../../kernel/bin/nabla.js", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "nabla-install-"));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Runs the command in no Python environment unless one is given. */
function run(
  [command, ...args]: string[],
  env: Record<string, string> = {},
): { code: number; out: string; err: string } {
  for (const name of ["VIRTUAL_ENV", "CONDA_PREFIX", "JUPYTER_DATA_DIR"]) vi.stubEnv(name, env[name]);
  if (env.PATH) vi.stubEnv("PATH", env.PATH);
  const said = { out: "", err: "" };
  vi.spyOn(console, "log").mockImplementation((line) => {
    said.out += `${line}\n`;
  });
  vi.spyOn(console, "error").mockImplementation((line) => {
    said.err += `${line}\n`;
  });
  const code = installCommand(command as "install" | "uninstall", args);
  return { code, ...said };
}

const specOf = (folder: string) => JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));

test("--prefix, --sys-prefix in a venv and in conda, and --user each have their folder; uninstall takes the same flags", () => {
  const venv = join(root, "venv");
  const conda = join(root, "conda");
  const data = join(root, "data");
  const kernels = (prefix: string) => join(prefix, "share", "jupyter", "kernels", "nabla");
  const places: [args: string[], env: Record<string, string>, folder: string][] = [
    [["--prefix", join(root, "p")], {}, kernels(join(root, "p"))],
    [["--sys-prefix"], { VIRTUAL_ENV: venv, CONDA_PREFIX: conda }, kernels(venv)],
    [["--sys-prefix"], { CONDA_PREFIX: conda }, kernels(conda)],
    [["--user"], { JUPYTER_DATA_DIR: data }, join(data, "kernels", "nabla")],
    [[], { JUPYTER_DATA_DIR: data }, join(data, "kernels", "nabla")],
  ];
  for (const [args, env, folder] of places) {
    expect(run(["install", ...args], env)).toEqual({
      code: 0,
      out: `kernelspec written to ${folder}\n`,
      err: "",
    });
    expect(readdirSync(folder).sort()).toEqual(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
    expect(run(["uninstall", ...args], env)).toEqual({
      code: 0,
      out: `kernelspec removed from ${folder}\n`,
      err: "",
    });
    expect(existsSync(folder)).toBe(false);
  }
});

test("the kernelspec names the Node that wrote it, or the one of --node, and starts without history on demand", () => {
  const prefix = join(root, "node");
  const folder = join(prefix, "share", "jupyter", "kernels", "nabla");
  run(["install", "--prefix", prefix]);
  expect(specOf(folder)).toMatchObject({ display_name: "Nabla (TypeScript)", interrupt_mode: "message" });
  expect(specOf(folder).argv[0]).toBe(process.execPath);
  expect(specOf(folder).env).not.toHaveProperty("NABLA_HISTORY");
  run(["install", "--prefix", prefix, "--node", "node", "--no-history"]);
  expect(specOf(folder).argv[0]).toBe("node");
  expect(specOf(folder).env).toMatchObject({ NABLA_HISTORY: "off" });
});

test("what is wrong is said in a sentence", () => {
  const old = join(root, "old-node");
  mkdirSync(root, { recursive: true });
  writeFileSync(old, "#!/bin/sh\necho v18.20.1\n");
  chmodSync(old, 0o755);
  const file = join(root, "file");
  writeFileSync(file, "");
  const wrong: [args: string[], code: number, err: string | RegExp][] = [
    [["install", "--user", "--sys-prefix"], 2, "nabla install: give one of --user, --sys-prefix, --prefix DIR\n"],
    [["uninstall", "--prefix", join(root, "none")], 1, "nabla uninstall: no kernelspec was found there\n"],
    [
      ["install", "--prefix", root, "--node", join(root, "no-node")],
      1,
      /^nabla install: --node \S+ is no Node: spawn\w* \S+ ENOENT\n$/,
    ],
    [
      ["install", "--prefix", root, "--node", old],
      1,
      `nabla install: --node ${old} is Node 18.20; the kernel wants 20.19 or newer\n`,
    ],
    [["install", "--prefix", file], 1, /^nabla install: ENOTDIR: not a directory, mkdir \S+\n$/],
  ];
  for (const [args, code, err] of wrong) {
    const said = run(args);
    expect([args, said.code, said.out]).toEqual([args, code, ""]);
    if (typeof err === "string") expect(said.err).toBe(err);
    else expect(said.err).toMatch(err);
  }
  const lost = run(["install", "--sys-prefix"], { PATH: root });
  expect(lost.err).toBe(
    "nabla install: --sys-prefix wants a Python environment, and there is no python on the PATH; use --prefix\n",
  );
});

test("the command line says what the flags do, and which it does not know", () => {
  const command = (...args: string[]) => spawnSync(process.execPath, [nabla, ...args], { encoding: "utf8" });
  const { status, stdout } = command("install", "--help");
  expect(status).toBe(0);
  for (const flag of ["--user", "--sys-prefix", "--prefix DIR", "--node PATH", "--no-history"])
    expect(stdout).toContain(flag);
  const unknown = command("uninstall", "--node", "node");
  expect([unknown.status, unknown.stdout]).toEqual([2, ""]);
  expect(unknown.stderr).toMatch(/^nabla: Unknown option '--node'/);
});

test("install writes a kernelspec that starts this kernel, uninstall takes it away", () => {
  const prefix = mkdtempSync(join(tmpdir(), "nabla-prefix-"));
  const folder = install({ prefix });
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  expect(spec).toMatchObject({ display_name: "Nabla (TypeScript)", language: "typescript", interrupt_mode: "message" });
  expect(spec.argv.at(-1)).toBe("{connection_file}");
  expect(existsSync(spec.argv.at(-2))).toBe(true);
  expect(existsSync(join(folder, "logo-64x64.png"))).toBe(true);
  expect(uninstall({ prefix })).toBe(folder);
  expect(uninstall({ prefix })).toBeUndefined();
  expect(() => install({ prefix, user: true })).toThrow("wanted one of --user, --sys-prefix and --prefix, got several");
  rmSync(prefix, { recursive: true });
});
