/** `nabla derive`: one derivation on the terminal. */
import { parseArgs } from "node:util";
import {
  answer,
  CHOICES,
  CODE_TARGETS,
  type CodeTarget,
  code,
  type Declarations,
  type Derivation,
  declare,
  derivationDocument,
  derive,
  type Expr,
  NablaError,
  parseProgram,
  parseTex,
  plain,
  type Request,
} from "../calculus/index.js";
import { derivationBundle } from "../display/index.js";

type Layout = NonNullable<Request["layout"]>;
type Style = NonNullable<Request["style"]>;

export const FORMATS: readonly string[] = ["text", "markdown", "latex", "json", ...CODE_TARGETS];

export const OPTIONS = {
  vars: { type: "string", default: "" },
  wrt: { type: "string", multiple: true },
  layout: { type: "string", default: "denominator" },
  style: { type: "string", default: "differential" },
  format: { type: "string", default: "text" },
  structure: { type: "string" },
  tex: { type: "boolean", default: false },
  "time-limit": { type: "string", default: "20" },
} as const;

/** The expression may stand anywhere among the options, and may start with a minus. */
function apart(args: readonly string[]): { expr: string | undefined; rest: string[] } {
  const takesNext = (arg: string): boolean => {
    const option = (OPTIONS as Record<string, { type: string }>)[arg.slice(2)];
    return arg.startsWith("--") && option?.type === "string";
  };
  const at = args.findIndex((arg, i) => !arg.startsWith("--") && !takesNext(args[i - 1] ?? ""));
  return at < 0 ? { expr: undefined, rest: [...args] } : { expr: args[at], rest: args.filter((_, i) => i !== at) };
}

export function deriveCommand(args: readonly string[]): number {
  const { expr, rest } = apart(args);
  const { values } = parseArgs({ args: rest, options: OPTIONS });
  const wrt = (values.wrt ?? []).flatMap((w) => w.split(",")).map((w) => w.trim());
  if (expr === undefined || wrt.length === 0) {
    console.error('nabla derive: expected an expression and --wrt, as in: nabla derive "x\'*x" --vars "x: n" --wrt x');
    return 2;
  }
  const wrong = [
    ["--format", values.format, FORMATS],
    ["--layout", values.layout, CHOICES.layout],
    ["--style", values.style, CHOICES.style],
    ["--structure", values.structure ?? CHOICES.structure[0], CHOICES.structure],
  ].find(([, value, known]) => !(known as readonly string[]).includes(value as string));
  if (wrong) {
    console.error(
      `nabla derive: unknown ${wrong[0]} ${wrong[1]}; expected ${(wrong[2] as readonly string[]).join(", ")}`,
    );
    return 2;
  }
  const timeLimit = Number(values["time-limit"]);
  if (!(timeLimit > 0)) {
    console.error(`nabla derive: --time-limit ${values["time-limit"]}; expected a number of seconds`);
    return 2;
  }
  try {
    const scope = declare(values.vars);
    for (const warning of scope.warnings) console.error(`note: ${warning}`);
    const choices = {
      layout: values.layout as Layout,
      style: values.style as Style,
      structure: values.structure as Structure,
      timeLimit,
    };
    const asked: Question = { expr, tex: values.tex, wrt, scope };
    if (values.format === "json") return answered(asked, choices);
    console.log(printed(values.format, derivationOf(asked, choices)));
    return 0;
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    console.error(shown(error));
    return 1;
  }
}

type Structure = Derivation["problem"]["structure"];

interface Choices {
  readonly layout: Layout;
  readonly style: Style;
  readonly structure: Structure;
  /** Seconds. */
  readonly timeLimit: number;
}

interface Question {
  readonly expr: string;
  /** Whether the expression is LaTeX. */
  readonly tex: boolean;
  readonly wrt: readonly string[];
  readonly scope: Declarations;
}

/** The answer of `nabla batch` to the same question. */
function answered({ expr, tex, wrt, scope }: Question, choices: Choices): number {
  const symbols = [...scope.symbols];
  const vars = Object.fromEntries(symbols.map(([name, s]) => [name, sizes(s.shape)]));
  const constraints = Object.fromEntries(
    symbols.map(([name, s]) => [name, (s.attrs.facts ?? []) as readonly string[]]),
  );
  const functions = Object.fromEntries(
    [...scope.functions].map(([name, f]) => [name, f.kind === "elementwise" ? f.kind : { scalarOf: sizes(f.shape) }]),
  );
  const notation = tex ? "tex" : "text";
  const result = answer({ expr, notation, vars, functions, wrt, constraints, ...choices }, () => performance.now());
  console.log(JSON.stringify(result, null, 2));
  return result.ok ? 0 : 1;
}

/** A shape as a request has it: [] of a scalar, one size of a column, two of a row or a matrix. */
function sizes({ rows, cols }: Expr["shape"]): (string | number)[] {
  const [height, width] = [rows, cols].map(({ key }) => (/^\d+$/.test(key) ? Number(key) : key)) as [Size, Size];
  return width !== 1 ? [height, width] : height !== 1 ? [height] : [];
}

type Size = string | number;

function printed(format: string, derivation: Derivation): string {
  if (format === "text") return plain(derivation);
  if ((CODE_TARGETS as readonly string[]).includes(format)) return code(derivation, format as CodeTarget).trimEnd();
  return String(derivationBundle(derivationDocument(derivation))[format === "latex" ? "text/latex" : "text/markdown"]);
}

function derivationOf({ expr, tex, wrt, scope }: Question, { timeLimit, ...choices }: Choices): Derivation {
  const program = (tex ? parseTex : parseProgram)(expr, scope, { derivative: true });
  const told = new Set(scope.warnings);
  for (const warning of program.warnings) if (!told.has(warning)) console.error(`note: ${warning}`);
  for (const note of program.notes) console.error(`note: ${note}`);
  const variables = wrt.map((name) => {
    const symbol = scope.symbols.get(name);
    if (!symbol) throw new NablaError("unknown_symbol", `--wrt: ${name} is not declared in --vars`, { got: name });
    return symbol;
  });
  const lets = program.lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
  const budget = { seconds: timeLimit, now: () => performance.now() };
  return derive(program.result, variables, { ...choices, lets, outputName: program.resultName, text: expr, budget });
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
