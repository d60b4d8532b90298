/** `nabla --help` beside what the commands take. */
import { expect, test } from "vitest";
import { CHOICES } from "../../kernel/src/calculus/index.js";
import { FORMATS, OPTIONS } from "../../kernel/src/cli/derive.js";
import { USAGE } from "../../kernel/src/cli/usage.js";

test("names every option of derive", () => {
  for (const name of Object.keys(OPTIONS)) expect(USAGE).toContain(`--${name}`);
});

test("lists the values that an option takes, in order", () => {
  const values = { ...CHOICES, format: FORMATS };
  for (const [name, all] of Object.entries(values)) expect(USAGE).toContain(`[--${name} ${all.join("|")}]`);
});
