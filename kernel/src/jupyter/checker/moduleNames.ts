// Completion of a module's name, `from "zl`: the compiler offers those that the program has read, and paths.

import type * as TS from "typescript";

/** Let the checker's completions offer `names` too. */
export function offerModules(checker: TS.TypeChecker, names: () => string[]): void {
  const modulesRead = checker.getAmbientModules.bind(checker);
  checker.getAmbientModules = () => {
    const symbols = modulesRead();
    const known = new Set(symbols.map(({ name }) => name));
    const others = names().map((name) => `"${name}"`);
    // Their names are all that completion looks at.
    return [...symbols, ...others.filter((name) => !known.has(name)).map((name) => ({ name }) as TS.Symbol)];
  };
}
