/** `nabla derive`: one derivation on the terminal. */
import { parseArgs } from "node:util";
import { answer, declare, derive, latex, NablaError, parse, plain, type Request } from "../calculus/index.js";

const FORMATS = ["text", "latex", "json"] as const;

export function deriveCommand(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      vars: { type: "string", default: "" },
      wrt: { type: "string", multiple: true },
      layout: { type: "string", default: "denominator" },
      style: { type: "string", default: "differential" },
      format: { type: "string", default: "text" },
    },
  });
  const [expr] = positionals;
  const wrt = (values.wrt ?? []).flatMap((w) => w.split(",")).map((w) => w.trim());
  if (expr === undefined || wrt.length === 0) {
    console.error('nabla derive: expected an expression and --wrt, as in: nabla derive "x\'*x" --vars "x: n" --wrt x');
    return 2;
  }
  if (!FORMATS.includes(values.format as (typeof FORMATS)[number])) {
    console.error(`nabla derive: unknown format ${values.format}; expected ${FORMATS.join(", ")}`);
    return 2;
  }
  const layout = values.layout as NonNullable<Request["layout"]>;
  const style = values.style as NonNullable<Request["style"]>;
  try {
    const scope = declare(values.vars);
    const parsed = parse(expr, scope);
    const variables = wrt.map((name) => {
      const symbol = scope.symbols.get(name);
      if (!symbol) throw new NablaError("unknown_symbol", `--wrt: ${name} is not declared in --vars`, { got: name });
      return symbol;
    });
    const derivation = derive(parsed.expr, variables, { layout, style, text: expr });
    for (const note of parsed.notes) console.error(`note: ${note}`);
    if (values.format === "json") {
      const vars = Object.fromEntries(
        [...scope.symbols].map(([name, s]) => [name, [s.shape.rows.key, s.shape.cols.key].filter((k) => k !== "1")]),
      );
      console.log(
        JSON.stringify(
          answer({ expr, vars, wrt, layout, style }, () => performance.now()),
          null,
          2,
        ),
      );
    } else if (values.format === "latex") {
      const matrix = derivation.matrices[layout];
      console.log(matrix ? latex(matrix, { layout }) : plain(derivation));
    } else console.log(plain(derivation));
    return 0;
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    console.error(shown(error));
    return 1;
  }
}

/** The message, and the caret under the place. */
function shown(error: NablaError): string {
  const lines = [`${error.code}: ${error.message}`];
  if (error.span && error.text !== undefined) {
    const [start, end] = error.span;
    lines.push(`  ${error.text}`, `  ${" ".repeat(start)}${"^".repeat(Math.max(1, end - start))}`);
  }
  if (error.hint) lines.push(`hint: ${error.hint}`);
  return lines.join("\n");
}
