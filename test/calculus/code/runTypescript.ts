/** Exported TypeScript, run in this process. */
import { transformSync } from "esbuild";
import type { StandIn } from "./programs.js";

/** f, gradF, valueAndGradF for f, grad_f, value_and_grad_f. */
export const camel = (snake: string): string => {
  const [head, tail] = [snake.slice(0, -2), snake.slice(-1)];
  return snake === "f" ? "f" : `${head.replace(/_(\w)/g, (_, c: string) => c.toUpperCase())}${tail.toUpperCase()}`;
};

/** The functions that the text of a program exports. */
export function load(text: string): Record<string, (...args: unknown[]) => unknown> {
  const { code } = transformSync(text, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports;
}

/** A function that is known by name only, as ops/abstract.ts evaluates it. */
export function standIn({ kind, order, c }: StandIn): unknown {
  if (kind === "apply")
    return (x: number) => Math.sin(x + 0.3 + c + (order * Math.PI) / 2) + (order === 0 ? x / 2 : order === 1 ? 0.5 : 0);
  return (given: number[]) => {
    const y = given.flat();
    const w = y.map((_, i) => Math.sin(1.3 * i + 1 + c));
    const v = y.map((_, i) => 0.4 + 0.3 * Math.cos(2.1 * i + c));
    const u = w.reduce((s, x, i) => s + x * y[i]!, 0);
    if (order === 0) return Math.sin(u) + v.reduce((s, x, i) => s + (x * y[i]! ** 2) / 2, 0);
    if (order === 1) return w.map((x, i) => x * Math.cos(u) + v[i]! * y[i]!);
    return w.map((x, i) => w.map((z, j) => -x * z * Math.sin(u) + (i === j ? v[i]! : 0)));
  };
}
