/** The committed page is what the operator list gives today. */
import { expect, test } from "vitest";
import { OPS } from "../../kernel/src/calculus/ops/index.js";
import { operatorsPage } from "./operatorsTable.js";

test("kernel/OPERATORS.md is the page of the operator list (npm run docs:operators writes it)", async () => {
  await expect(operatorsPage()).toMatchFileSnapshot("../../kernel/OPERATORS.md");
});

test("every operator with a sample has a line", () => {
  const lines = operatorsPage().split("\n");
  for (const op of OPS.filter((o) => o.sample.length > 0))
    expect(
      lines.some((l) => l.includes(op.doc.replaceAll("|", "\\|"))),
      op.name,
    ).toBe(true);
});
