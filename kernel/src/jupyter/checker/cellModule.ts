// TypeScript's output of a cell (an ES module) → a function expression that the runner calls.
//
// The cell's own names stay local variables, so its loops run at full speed; `__nabla.bind({ get x() …, set x(v) … })` hands
// the runner accessors to them, through which later cells read and write (`exports.x`). Imports become calls, the last expression becomes
// the return value. Every edit stays on its line and is recorded, so that positions can be traced back.
//   in    import { readFileSync } from "fs"; let a = 1; export const tsLastExpr = a; export { a };
//   out   (function (exports, require, __nabla) { "use strict"; __nabla.bind({ … }); const { readFileSync } = __nabla.named("fs"); …

import type * as TS from "typescript";
import type { CompiledCell } from "../protocol.js";
import { ts } from "./compiler.js";

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** `const` bindings never change after the cell: the runner turns them into plain values. */
interface Names {
  constant: string[];
  variable: string[];
}

interface CellFunction extends Omit<CompiledCell, "files"> {
  /** `var`s of blocks and loops: they are the notebook's too, but TypeScript's declarations do not have them. */
  nested: string[];
}

/**
 * @param output what tslab's converter emitted, with an inline source map
 * @param lastExpression the variable to which it assigned the last expression
 */
export function toCellFunction(output: string, lastExpression: string | undefined): CellFunction {
  const { code, map } = splitSourceMap(output);
  const file = ts.createSourceFile("cell.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const edits: Edit[] = [];
  const imports = new Set<string>();
  const exported = new Set<string>();
  const constant = new Set<string>();
  const declared = new Set<string>();
  let isAsync = false;

  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const specifier = (statement.moduleSpecifier as TS.StringLiteral).text;
      imports.add(specifier);
      for (const name of importedNames(statement)) constant.add(name);
      replace(statement, importCall(statement, JSON.stringify(specifier)));
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.exportClause && ts.isNamedExports(statement.exportClause)) {
        for (const { name } of statement.exportClause.elements) exported.add(name.text);
      }
      replace(statement, "");
    } else if (ts.isVariableStatement(statement)) {
      const [declaration] = statement.declarationList.declarations;
      if (
        lastExpression &&
        declaration &&
        ts.isIdentifier(declaration.name) &&
        declaration.name.text === lastExpression &&
        declaration.initializer
      ) {
        edits.push({ start: statement.getStart(), end: declaration.initializer.getStart(), text: "return (" });
        edits.push({ start: declaration.initializer.end, end: statement.end, text: ");" });
      }
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const bound of statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))) {
        declared.add(bound);
        if (isConst) constant.add(bound);
      }
    } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
      declared.add(statement.name.text);
    }
  }
  visitExpressions(file, true);

  const names: Names = {
    constant: [...exported].filter((name) => constant.has(name)),
    variable: [...exported].filter((name) => !constant.has(name)),
  };
  // A name that the cell declares (`const require = createRequire(…)`) is its own.
  const parameters = ["exports", "require", "__nabla"].map((name, i) => (exported.has(name) ? `__own${i}` : name));
  const prologue = `(${isAsync ? "async " : ""}function (${parameters}) { "use strict"; ${binding(names)} `;
  // The sort is stable: the prologue stays before an edit of the first statement.
  edits.unshift({ start: 0, end: 0, text: prologue });
  edits.sort((a, b) => a.start - b.start);
  return {
    nested: names.variable.filter((name) => !declared.has(name)),
    javascript: `${apply(code, edits)}\n})`,
    imports: [...imports],
    map: {
      map,
      edits: edits.map(({ start, end, text }) => [start, end, text.length]),
      lineStarts: [...file.getLineStarts()],
    },
  };

  function replace(node: TS.Node, text: string): void {
    const start = node.getStart();
    edits.push({ start, end: node.end, text: text + "\n".repeat(code.slice(start, node.end).split("\n").length - 1) });
  }

  /** `import(…)` resolves from the notebook's folder, `import.meta` is the notebook's; an `await` outside of functions makes the cell asynchronous. */
  function visitExpressions(node: TS.Node, topLevel: boolean): void {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      edits.push({ start: node.expression.getStart(), end: node.expression.end, text: "__nabla.import" });
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      edits.push({ start: node.getStart(), end: node.end, text: "__nabla.meta" });
      return;
    }
    if (topLevel && (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier))) isAsync = true;
    const inside = topLevel && !ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visitExpressions(child, inside));
  }
}

function binding({ constant, variable }: Names): string {
  if (constant.length + variable.length === 0) return "";
  const fixed = constant.map((name) => `get ${name}() { return ${name}; }`);
  // A function's name as the setter's parameter would hide the variable that it sets.
  const free = variable.map((name) => `get ${name}() { return ${name}; }, set ${name}(__value) { ${name} = __value; }`);
  return `__nabla.bind({ ${[...fixed, ...free].join(", ")} });`;
}

function importCall(statement: TS.ImportDeclaration, specifier: string): string {
  const clause = statement.importClause;
  if (!clause) return `__nabla.named(${specifier});`;
  const parts: string[] = [];
  if (clause.name) parts.push(`const ${clause.name.text} = __nabla.named(${specifier}).default;`);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings))
    parts.push(`const ${bindings.name.text} = __nabla.named(${specifier});`);
  else if (bindings) {
    const elements = bindings.elements.map(({ propertyName, name }) =>
      propertyName ? `${propertyName.text}: ${name.text}` : name.text,
    );
    parts.push(`const { ${elements.join(", ")} } = __nabla.named(${specifier});`);
  }
  return parts.join(" ");
}

function importedNames({ importClause }: TS.ImportDeclaration): string[] {
  const names: string[] = [];
  if (importClause?.name) names.push(importClause.name.text);
  const bindings = importClause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push(bindings.name.text);
  else if (bindings) for (const { name } of bindings.elements) names.push(name.text);
  return names;
}

function boundNames(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function apply(code: string, edits: Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text } of edits) {
    result += code.slice(at, start) + text;
    at = end;
  }
  return result + code.slice(at);
}

const MAP_MARK = "//# sourceMappingURL=data:application/json;base64,";

/** The source map that TypeScript put at the end, and the code without it (a cell may contain the mark, so the last one counts). */
function splitSourceMap(output: string): { code: string; map: string } {
  const at = output.lastIndexOf(MAP_MARK);
  if (at < 0) return { code: output, map: "" };
  return { code: output.slice(0, at), map: Buffer.from(output.slice(at + MAP_MARK.length), "base64").toString("utf8") };
}
