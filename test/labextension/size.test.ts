/** What the panel loads: the engine that it computes by itself with (no reader of text, no package), and the panel. */
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const LARGEST = 60_000; // bytes, gzipped

test(`the engine inside the panel is at most ${LARGEST} bytes and has no dependency`, async () => {
  const made = await build({
    absWorkingDir: root,
    entryPoints: ["labextension/src/trace/network.ts"],
    alias: { nabla: path.join(root, "kernel/src/calculus/index.ts") },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    metafile: true,
  });
  const [output] = Object.values(made.metafile.outputs);
  const used = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  expect(used.map(([file]) => file).filter((file) => /node_modules|calculus\/text\//.test(file))).toEqual([]);
  expect(gzipSync(made.outputFiles[0]!.contents).length).toBeLessThan(LARGEST);
});

test(`the panel itself is at most ${LARGEST} bytes without the engine and JupyterLab`, async () => {
  const made = await build({
    absWorkingDir: root,
    entryPoints: ["labextension/src/plugins/panel.ts"],
    alias: { "nabla/display": path.join(root, "kernel/src/display/shared.ts") },
    external: ["@jupyterlab/*", "@lumino/*", "plotly.js*"],
    plugins: [
      {
        name: "without the engine",
        setup: ({ onResolve }) => {
          onResolve({ filter: /^nabla$/ }, () => ({ path: "nabla", external: true }));
        },
      },
    ],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  expect(gzipSync(made.outputFiles[0]!.contents).length).toBeLessThan(LARGEST);
});
