/** `nabla --help` beside what the commands take. */
import { expect, test } from "vitest";
import { FORMATS, LAYOUTS, OPTIONS, STRUCTURES, STYLES } from "../../kernel/src/cli/derive.js";
import { USAGE } from "../../kernel/src/cli/usage.js";

test("names every option of derive", () => {
  for (const name of Object.keys(OPTIONS)) expect(USAGE).toContain(`--${name}`);
});

test("lists the values that an option takes, in order", () => {
  const values = { layout: LAYOUTS, style: STYLES, structure: STRUCTURES, format: FORMATS };
  for (const [name, all] of Object.entries(values)) expect(USAGE).toContain(`[--${name} ${all.join("|")}]`);
});
