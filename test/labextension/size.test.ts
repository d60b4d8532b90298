/** What the panel loads to compute by itself: the network and its traces, no reader of text and no package. */
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
