// The variables of the notebook: one object, `exports`, through which cells see the names of earlier cells.
//
// A cell's names are its own local variables. While it runs it hands over accessors to them; when it has ended, thrown or been
// interrupted, those that got a value are installed here. `const`s become plain values, `let`s, functions and classes stay
// accessors, so that assigning from a later cell changes what functions of the first cell see. A name that never got its value keeps
// the one of an earlier cell, or says why it has none.

import type { CellName } from "../protocol.js";

export type Accessors = Record<string, PropertyDescriptor>;

export interface Scope {
  /** What compiled cells get as `exports`. */
  exports: Record<string, unknown>;
  install(accessors: Accessors, cell: CellName): void;
}

export function createScope(): Scope {
  // A global that a cell only declared (`declare global { var … }`) is looked up here as well.
  const exports: Record<string, unknown> = Object.create(globalThis);

  function install(accessors: Accessors, cell: CellName): void {
    for (const [name, { get, set }] of Object.entries(accessors)) {
      const value = read(get);
      if (!value) {
        if (!Object.hasOwn(exports, name))
          define(name, {
            get: () => neverAssigned(name, cell),
            set: (later) => define(name, { value: later, writable: true }),
          });
      } else if (set) define(name, { get, set });
      else define(name, { value: value.value, writable: true });
    }
  }

  function define(name: string, descriptor: PropertyDescriptor): void {
    Object.defineProperty(exports, name, { ...descriptor, enumerable: true, configurable: true });
  }

  return { exports, install };
}

/** The value, or undefined while the variable is in its temporal dead zone (or only declared to TypeScript). */
function read(get: PropertyDescriptor["get"]): { value: unknown } | undefined {
  try {
    return { value: get?.() };
  } catch {
    return undefined;
  }
}

function neverAssigned(name: string, cell: CellName): never {
  throw new ReferenceError(`${name} is declared in [${cell}], which stopped before giving it a value`);
}
