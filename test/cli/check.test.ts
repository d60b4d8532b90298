/** `nabla check` and `nabla lint`: their pages and exit statuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { checkCommand } from "../../kernel/src/cli/check.js";
import { lintCommand } from "../../kernel/src/cli/lint.js";

function printed(command: (args: string[]) => number, ...args: string[]): { status: number; out: string; err: string } {
  const out = vi.spyOn(console, "log").mockImplementation(() => {});
  const err = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const status = command(args);
    const all = (calls: unknown[][]): string => calls.map(([line]) => String(line)).join("\n");
    return { status, out: all(out.mock.calls), err: all(err.mock.calls) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "nabla-lint-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a statement: true is 0, false is 1, unreadable is 2", () => {
  expect(printed(checkCommand, "tr(A B) = tr(B A)")).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^✓ true/),
  });
  expect(printed(checkCommand, "tr(A B C) = tr(A C B)")).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^✗ false/),
  });
  expect(printed(checkCommand, "tr(A B")).toMatchObject({ status: 2, err: expect.stringMatching(/^syntax: /) });
  expect(printed(checkCommand)).toMatchObject({ status: 2 });
  expect(printed(checkCommand, "--layout", "sideways", "A = A").err).toBe(
    "nabla check: unknown --layout sideways; expected denominator, numerator",
  );
});

test("an answer and a derivation, with their scores", () => {
  const of = ["--of", "x'*A*x", "--wrt", "x", "--vars", "A: n×n, x: n"];
  expect(printed(checkCommand, "(A + A') x", ...of)).toEqual({ status: 0, out: "✓ right\nscore 1", err: "" });
  expect(printed(checkCommand, "df = x'(A + A') dx; ∂f/∂x = (A + A') x", ...of).out).toContain("✓ every line is right");
  expect(JSON.parse(printed(checkCommand, "2 A x", ...of, "--json").out)).toMatchObject({ code: "special_case" });
  expect(printed(checkCommand, "x", "--of", "x'*x", "--wrt", "q", "--vars", "x: n").err).toBe(
    "unknown_symbol: differentiate by q: no such name is declared",
  );
});

test("documents: findings with file and line, 1 where there are some", () => {
  const [good, bad] = ["good.md", "bad.md"].map((name) => path.join(folder, name));
  writeFileSync(good!, "$\\frac{\\partial a^T x}{\\partial x} = a$\n");
  writeFileSync(bad!, "\n$\\operatorname{tr}(ABC) = \\operatorname{tr}(ACB)$\n");
  expect(printed(lintCommand, good!)).toMatchObject({ status: 0, out: `${good}: 1 statements, denominator layout` });
  const found = printed(lintCommand, bad!);
  expect(found.status).toBe(1);
  expect(found.out).toContain(`${bad}:2: slip: false.`);
  expect(JSON.parse(printed(lintCommand, bad!, "--json").out).documents[0].findings[0].erratum).toBe("003-tr14");
  expect(printed(lintCommand).status).toBe(2);
  expect(printed(lintCommand, "--layout", "x", good!).status).toBe(2);
});
