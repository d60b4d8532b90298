// tslab turns `x` of an earlier cell into `exports.x`, but not in the shorthand `{ x }`, and also in `import { x as y }`, where it is
// no such name: a transformer before its own.

import type * as TS from "typescript";
import { ts } from "./compiler.js";

/** Writes `{ x }` as `{ x: exports.x }` where `x` is of an earlier cell, and hides the `x` of `import { x as y }` from tslab. */
export function expandShorthands(checker: TS.TypeChecker): TS.TransformerFactory<TS.SourceFile> {
  return (context) => {
    const { factory } = context;
    const visit = (node: TS.Node): TS.Node => {
      if (ts.isShorthandPropertyAssignment(node)) {
        const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
        if (declarations.some((declaration) => declaration.getSourceFile().fileName.endsWith("/__prev__.d.ts"))) {
          const access = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), node.name.text);
          const fallback = node.objectAssignmentInitializer;
          const value = fallback
            ? factory.createAssignment(access, ts.visitNode(fallback, visit) as TS.Expression)
            : access;
          return factory.createPropertyAssignment(node.name.text, value);
        }
      }
      if (ts.isImportSpecifier(node) && node.propertyName) {
        // One without a place has no symbol.
        const name = factory.createIdentifier(node.propertyName.text);
        return factory.updateImportSpecifier(node, node.isTypeOnly, name, node.name);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
