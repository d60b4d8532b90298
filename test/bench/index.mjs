/** npm run bench: the benches of this folder, with what each one measures. */
import { readFileSync } from "node:fs";
import { at } from "../../.scripts/lib.mjs";

const { scripts } = JSON.parse(readFileSync(at("package.json"), "utf8"));
for (const [name, command] of Object.entries(scripts).filter(([n]) => n.startsWith("bench:"))) {
  const source = readFileSync(at(command.split(" ").at(-1)), "utf8");
  const head = /\/\*\*\s*(?:\* )?([\s\S]*?)\s*\*\//.exec(source)?.[1].replace(/\n\s*\*\s?/g, " ");
  console.log(`npm run ${name}\n  ${head.replace(/^\* /, "")}\n`);
}
