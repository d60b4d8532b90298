// Builds both packages and writes share/jupyter/, a Jupyter data folder with the kernelspec and the labextension:
// JUPYTER_PATH=share/jupyter is enough to use them.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { at, hashOf, main, program, readOr, run, SetupError, step } from "./lib.mjs";

export const kernelSpec = at("share/jupyter/kernels/nabla");
export const labextension = at("share/jupyter/labextensions/jupyterlab-nabla");

export async function build() {
  await step("Build: TypeScript", () =>
    run(process.execPath, [program("typescript/bin/tsc"), "-b", at("tsconfig.json")]),
  );
  await step("Build: labextension", bundleLabextension);
  await step("Build: kernelspec", makeKernelSpec);
}

/** Bundles labextension/lib with JupyterLab's builder, unless nothing that goes into the bundle has changed. */
async function bundleLabextension() {
  const stamp = path.join(labextension, ".built-from");
  const parts = ["labextension/lib", "labextension/style", "labextension/schema", "labextension/package.json"];
  const want = hashOf(
    [...parts, "kernel/dist/calculus", "kernel/dist/display", "package-lock.json"].map((part) => at(part)),
  );
  if (readOr(stamp, "") === want) return "up to date";
  rmSync(labextension, { recursive: true, force: true });
  const core = program("@jupyterlab/core-meta/core.package.json");
  await run(process.execPath, [
    program("@jupyter/builder/lib/build-labextension.js"),
    "--core-package-file",
    core,
    at("labextension"),
  ]);
  writeFileSync(stamp, want);
}

/** The kernel knows its own command: kernel/src/cli/install.ts writes kernel.json (and what it wants beside it). */
async function makeKernelSpec() {
  const install = at("kernel/dist/cli/install.js");
  mkdirSync(kernelSpec, { recursive: true });
  const { writeKernelSpec } = await import(pathToFileURL(install).href);
  await writeKernelSpec(kernelSpec);
  if (!existsSync(path.join(kernelSpec, "kernel.json"))) {
    throw new SetupError("kernel/src/cli/install.ts wrote no kernel.json into the folder it was given");
  }
}

// setup.mjs imports this module: it is loaded only when this module has finished, so nothing is awaited here.
if (process.argv[1] === import.meta.filename) {
  void import("./setup.mjs").then(({ checkNode, packages }) =>
    main(async () => {
      checkNode();
      await packages();
      await build();
    }),
  );
}
