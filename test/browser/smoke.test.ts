import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, type Lab, openLab } from "./lab.js";

describe.skipIf(!browserPath)("a fresh JupyterLab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab?.close());

  test("opens on the launcher without a page error and without asking the network", async () => {
    await lab.page.locator(".jp-Launcher").waitFor();
    expect(lab.errors).toEqual([]);
    expect(lab.outside).toEqual([]);
  });

  test("offers the Nabla kernel", async () => {
    const { kernelspecs } = await (await fetch(`${lab.server.url}api/kernelspecs`)).json();
    expect(kernelspecs).toHaveProperty("nabla.spec.language", "typescript");
  });

  test("has loaded the labextension", async () => {
    const config = JSON.parse((await lab.page.locator("#jupyter-config-data").textContent()) ?? "{}");
    const names = config.federated_extensions.map((extension: { name: string }) => extension.name);
    expect(names).toContain("jupyterlab-nabla");
  });
});
