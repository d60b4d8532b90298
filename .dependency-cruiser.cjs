// The one-way imports of the engine, and what may see what around it. `npm run layers` checks them.

/** What each folder of kernel/src/calculus may import besides itself. */
const below = { core: [], ops: ["core"], rules: ["core", "ops"], simplify: ["core", "ops", "rules"] };
below.verify = ["simplify", ...below.simplify];
below.derive = ["verify", ...below.verify];
below.text = ["core", "ops"];
below.print = ["core", "ops"];
below.numeric = ["core", "ops"];
below.autodiff = ["derive", "numeric", ...below.derive];
below.teach = ["text", "print", "derive", ...below.derive];

const calculus = "^kernel/src/calculus/";
const face = `${calculus}index\\.ts$`;

const layers = Object.entries(below).map(([layer, seen]) => ({
  name: `calculus/${layer}`,
  comment: `calculus/${layer} may import ${seen.length > 0 ? seen.join(", ") : "nothing"} of the engine`,
  severity: "error",
  from: { path: `${calculus}${layer}/` },
  to: { path: calculus, pathNot: `${calculus}(${[layer, ...seen].join("|")})/` },
}));

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    ...layers,
    rule("no cycles", "imports go one way", {}, { circular: true }),
    rule("resolvable", "every import must resolve", { pathNot: "^labextension/" }, { couldNotResolve: true }),
    rule(
      "engine by its face",
      "everything outside the engine imports calculus/index.ts only",
      { path: "^(kernel|labextension)/", pathNot: calculus },
      { path: calculus, pathNot: face },
    ),
    rule(
      "package by its name",
      "the labextension imports `nabla`, never a file of kernel/",
      { path: "^labextension/" },
      { path: "^kernel/", pathNot: "^kernel/dist/(calculus/index|display/shared|jupyter/index)\\.(js|d\\.ts)$" },
    ),
    rule("engine is pure", "no Node in the engine", { path: calculus }, { dependencyTypes: ["core"] }),
    rule(
      "display is pure",
      "no Node in display/: a browser kernel shows the same",
      { path: "^kernel/src/display/" },
      {
        dependencyTypes: ["core"],
      },
    ),
    rule(
      "engine stands alone",
      "the engine imports no other part",
      { path: calculus },
      {
        path: "^(kernel/src/|labextension/|test/)",
        pathNot: calculus,
      },
    ),
    rule(
      "display below jupyter",
      "display/ knows the engine only",
      { path: "^kernel/src/display/" },
      {
        path: "^kernel/src/(jupyter|cli)/",
      },
    ),
    rule(
      "two dependencies",
      "the engine has two dependencies: mathjs, and the LaTeX parser of unified-latex",
      { path: calculus },
      {
        path: "node_modules/",
        pathNot: "node_modules/(mathjs|@unified-latex)/",
      },
    ),
    rule(
      "mathjs parses text",
      "only calculus/text imports mathjs",
      { pathNot: `${calculus}text/` },
      {
        path: "node_modules/mathjs/",
      },
    ),
    rule(
      "unified-latex parses LaTeX",
      "only calculus/text/tex imports unified-latex",
      { pathNot: `${calculus}text/tex/` },
      { path: "node_modules/@unified-latex/" },
    ),
    rule("no tests in the product", "sources never import tests", { pathNot: "^test/" }, { path: "^test/" }),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "/dist/", "/lib/"] },
    exclude: { path: "\\.(css|svg)$" },
    tsPreCompilationDeps: true, // types count too
    tsConfig: { fileName: "test/tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
