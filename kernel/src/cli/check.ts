/** `nabla check`: is a statement true, or an answer the derivative? Exit status 1 where it is not. */
import { parseArgs } from "node:util";
import {
  type AnswerResult,
  CHOICES,
  check,
  type DerivationResult,
  declare,
  derive,
  NablaError,
  parse,
  type Request,
  type StatementResult,
} from "../calculus/index.js";

export const CHECK_OPTIONS = {
  vars: { type: "string", default: "" },
  of: { type: "string" },
  wrt: { type: "string" },
  layout: { type: "string" },
  tex: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

type Layout = NonNullable<Request["layout"]>;

export function checkCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: CHECK_OPTIONS, allowPositionals: true });
  const [given] = positionals;
  if (given === undefined || positionals.length > 1 || (values.of === undefined) !== (values.wrt === undefined)) {
    console.error(
      'nabla check: expected a statement, as in: nabla check "tr(A B) = tr(B A)"\n' +
        'or an answer: nabla check "2 A x" --of "x\'*A*x" --wrt x --vars "A: n×n, x: n"',
    );
    return 2;
  }
  if (values.layout !== undefined && !(CHOICES.layout as readonly string[]).includes(values.layout)) {
    console.error(`nabla check: unknown --layout ${values.layout}; expected ${CHOICES.layout.join(", ")}`);
    return 2;
  }
  const layout = values.layout as Layout | undefined;
  const notation = values.tex ? "tex" : "text";
  try {
    const result =
      values.of === undefined
        ? check(given, { notation, layout, ...(values.vars ? { where: values.vars } : {}) })
        : answered(given, values.of, values.wrt!, values.vars, { notation, layout });
    console.log(values.json ? JSON.stringify(result, null, 2) : page(result));
    return result.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    console.error(`${error.code}: ${error.message}`);
    return 2;
  }
}

function answered(
  given: string,
  of: string,
  wrt: string,
  vars: string,
  { notation, layout = "denominator" }: { readonly notation: "tex" | "text"; readonly layout: Layout | undefined },
): AnswerResult | DerivationResult {
  const scope = declare(vars);
  const x = scope.symbols.get(wrt);
  if (!x)
    throw new NablaError("unknown_symbol", `differentiate by ${wrt}: no such name is declared`, {
      got: wrt,
      want: [...scope.symbols.keys()].join(", "),
    });
  return check(given, derive(parse(of, scope).expr, [x], { layout, text: of }), { scope, notation });
}

function page(result: AnswerResult | DerivationResult | StatementResult): string {
  const lines = result.kind === "derivation" ? result.lines : [];
  return [
    `${result.ok ? "✓" : "✗"} ${result.message}`,
    ...lines.map((l) => `  ${l.ok ? "✓" : "✗"} ${l.number}. ${l.text}   ${l.message}`),
    ...result.notes.map((n) => `(${n})`),
    ...(result.kind === "statement" ? [] : [`score ${result.score}`]),
  ].join("\n");
}
