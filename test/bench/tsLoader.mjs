// Loads the TypeScript helpers of the browser tests in Node: types are stripped by esbuild, ".js" finds ".ts".
import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

export async function resolve(specifier, context, next) {
  const local = specifier.startsWith(".") && specifier.endsWith(".js") && /\.ts$/.test(context.parentURL ?? "");
  return next(local ? specifier.replace(/\.js$/, ".ts") : specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const source = await readFile(new URL(url), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  return { format: "module", source: code, shortCircuit: true };
}
