// axe on a part of the page: what it finds, one line per rule and place.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** @returns an empty list when axe has nothing against `selector` */
export async function accessibilityFaults(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(await readFile(source, "utf8"));
  const { violations } = await page.evaluate(
    (part) => (window as unknown as { axe: typeof axe }).axe.run(part),
    selector,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} (${node.target.join(" ")})`));
}
