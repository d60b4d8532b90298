// The documentation of declaration files, whose comments the parser does not see (quietened.ts): the nodes of a comment are made
// when the documentation of its symbol or signature is asked for.

import type * as TS from "typescript";
import { ts } from "./compiler.js";
import { BEGIN, QUIET } from "./quietened.js";

interface Internals {
  objectAllocator: Record<"getSymbolConstructor" | "getSignatureConstructor", () => { prototype: Documented }>;
  canHaveJSDoc(node: TS.Node): boolean;
  parseIsolatedJSDocComment(text: string, start: number, length: number): { jsDoc: TS.JSDoc } | undefined;
  setParent(child: TS.Node, parent: TS.Node): void;
  setParentRecursive(root: TS.Node, incremental: boolean): void;
}
const internals = ts as unknown as Internals;

interface Documented {
  declarations?: TS.Node[];
  declaration?: TS.Node;
  getDocumentationComment(...all: unknown[]): unknown;
  getJsDocTags(...all: unknown[]): unknown;
}

/** Let symbols and signatures look at their declarations' comments before they answer. */
export function documentOnDemand(): void {
  const { getSymbolConstructor, getSignatureConstructor } = internals.objectAllocator;
  for (const { prototype } of [getSymbolConstructor(), getSignatureConstructor()]) {
    for (const name of ["getDocumentationComment", "getJsDocTags"] as const) {
      const original = prototype[name];
      prototype[name] = function (...all) {
        for (const each of this.declarations ?? [this.declaration]) if (each) document(each);
        return original.apply(this, all);
      };
    }
  }
}

const documented = new WeakSet<TS.Node>();

/** A parameter is documented with its function, a variable with its statement: what stands around a declaration is looked at too. */
function document(declaration: TS.Node): void {
  const { isDeclarationFile, text } = declaration.getSourceFile();
  if (!isDeclarationFile) return;
  for (let node = declaration; node && !ts.isSourceFile(node) && !documented.has(node); node = node.parent) {
    documented.add(node);
    if (!internals.canHaveJSDoc(node)) continue;
    const quiet = ts.getLeadingCommentRanges(text, node.pos)?.filter(({ pos }) => text.startsWith(QUIET, pos)) ?? [];
    if (quiet.length > 0) Object.assign(node, { jsDoc: quiet.flatMap((comment) => parse(text, comment, node)) });
  }
}

function parse(text: string, { pos, end }: TS.CommentRange, node: TS.Node): TS.JSDoc[] {
  const heard = text.slice(0, pos) + BEGIN + text.slice(pos + BEGIN.length);
  const { jsDoc } = internals.parseIsolatedJSDocComment(heard, pos, end - pos) ?? {};
  if (!jsDoc) return [];
  internals.setParent(jsDoc, node);
  internals.setParentRecursive(jsDoc, false);
  return [jsDoc];
}
