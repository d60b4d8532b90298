// What Node has from version 22 on and TypeScript 5.0 does not know yet; only for a kernel that such a Node runs.

interface ObjectConstructor {
  /** The items, gathered by the key that `keyOf` gives each. */
  groupBy<K extends PropertyKey, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Partial<Record<K, T[]>>;
}

interface MapConstructor {
  /** The items, gathered by the key that `keyOf` gives each. */
  groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]>;
}

interface PromiseConstructor {
  /** A promise, and the functions that settle it. */
  withResolvers<T>(): {
    promise: Promise<T>;
    resolve: (value: T | PromiseLike<T>) => void;
    reject: (reason?: unknown) => void;
  };
}

interface ArrayConstructor {
  /** An array of what an iterable, asynchronous or not, gives. */
  fromAsync<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>> | ArrayLike<T | PromiseLike<T>>): Promise<T[]>;
}

interface Set<T> {
  /** The elements of either. */
  union<U>(other: ReadonlySet<U>): Set<T | U>;
  /** The elements of both. */
  intersection<U>(other: ReadonlySet<U>): Set<T & U>;
  /** The elements of this one that are not in the other. */
  difference(other: ReadonlySet<unknown>): Set<T>;
  /** The elements of one that are not in the other. */
  symmetricDifference<U>(other: ReadonlySet<U>): Set<T | U>;
  /** Whether the other has all elements of this one. */
  isSubsetOf(other: ReadonlySet<unknown>): boolean;
  /** Whether this one has all elements of the other. */
  isSupersetOf(other: ReadonlySet<unknown>): boolean;
  /** Whether the two have no element in common. */
  isDisjointFrom(other: ReadonlySet<unknown>): boolean;
}
