// What nbconvert makes of the committed notebooks for people without Jupyter.
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formulas } from "./formulas.js";
import { codeCells, nameOf, notebooks, outputsOf, python, read, scratch } from "./run.js";

const { folder, remove } = scratch();
beforeAll(() => python("export.py", folder, ...notebooks));
afterAll(remove);

const exported = (file: string, extension: string): string =>
  readFileSync(path.join(folder, nameOf(file) + extension), "utf8");
const squeezed = (text: string): string => text.replace(/\s+/g, "");
/** The exporter writes attributes in another order. */
const withoutTags = (html: string): string => html.replace(/<[^>]*>/g, "");
const escaped = (latex: string): string =>
  latex.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

describe.each(notebooks.map((file) => [nameOf(file), file]))("%s", (_name, file) => {
  const notebook = read(file);

  test("as HTML has every formula of its outputs, for MathJax, and every heatmap as a table", () => {
    const html = exported(file, ".html");
    const text = squeezed(html);
    for (const { latex } of outputsOf(notebook, "text/markdown").flatMap(formulas))
      expect(text.includes(squeezed(escaped(latex))), latex).toBe(true);
    expect(html).toMatch(/mathjax/i);
    const words = squeezed(withoutTags(html));
    for (const table of outputsOf(notebook, "text/html"))
      expect(words.includes(squeezed(withoutTags(table))), table).toBe(true);
  });

  test("as LaTeX has every derivation and every picture, and no output is lost", () => {
    const tex = squeezed(exported(file, ".tex"));
    for (const latex of outputsOf(notebook, "text/latex")) expect(tex.includes(squeezed(latex)), latex).toBe(true);
    const pictures = outputsOf(notebook, "image/png").length;
    expect(tex.split("\\adjustimage").length - 1).toBe(pictures);
    const prompts = codeCells(notebook).filter((cell) => cell.outputs?.some((o) => o.output_type === "execute_result"));
    expect(tex.split("\\prompt{Out}").length - 1).toBe(prompts.length);
  });
});
