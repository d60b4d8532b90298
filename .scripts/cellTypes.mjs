// A notebook cell is checked by tslab's TypeScript 5.0.4 with Node10 resolution: what `nabla` and `nabla/jupyter` declare
// must be correct there too, without skipLibCheck.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { at, main, program, status } from "./lib.mjs";

await main(async () => {
  const folder = at(".cache/cell-types");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // In a notebook "nabla" is the face that is bound to it; elsewhere the engine.
  const modules = ["nabla", "nabla/jupyter", at("kernel/dist/notebook/index")];
  const text = modules.map((name, i) => `import * as m${i} from "${name}";\nexport type M${i} = typeof m${i};\n`);
  writeFileSync(`${folder}/cell.ts`, text.join(""));
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2020",
    "--module",
    "commonjs",
    "--moduleResolution",
    "node10",
  ];
  const types = ["--lib", "es2022", "--types", "node", "--typeRoots", at("node_modules/tslab/node_modules/@types")];
  const tsc = program("@tslab/typescript-for-tslab/bin/tsc");
  return status(process.execPath, [tsc, ...options, ...types, `${folder}/cell.ts`]);
});
