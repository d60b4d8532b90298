// What every Node that runs the kernel has, and TypeScript 5.0 does not know yet: the arrays of ES2023, the strings of ES2024.

interface Array<T> {
  /** A copy in the opposite order. */
  toReversed(): T[];
  /** A copy that is sorted; by the elements' texts unless `compareFn` says otherwise. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy without `deleteCount` elements from `start` on, and with `items` in their place. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy with another value at `index`; a negative one counts from the end. */
  with(index: number, value: T): T[];
}

interface ReadonlyArray<T> {
  /** A copy in the opposite order. */
  toReversed(): T[];
  /** A copy that is sorted; by the elements' texts unless `compareFn` says otherwise. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy without `deleteCount` elements from `start` on, and with `items` in their place. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy with another value at `index`; a negative one counts from the end. */
  with(index: number, value: T): T[];
}

/** Copies of typed arrays, which are of the same kind. */
interface Copies<Kind> {
  /** A copy in the opposite order. */
  toReversed(): Kind;
  /** A copy that is sorted, as numbers unless `compareFn` says otherwise. */
  toSorted(compareFn?: (a: number, b: number) => number): Kind;
  /** A copy with another value at `index`; a negative one counts from the end. */
  with(index: number, value: number): Kind;
}

interface Int8Array extends Copies<Int8Array> {}
interface Uint8Array extends Copies<Uint8Array> {}
interface Uint8ClampedArray extends Copies<Uint8ClampedArray> {}
interface Int16Array extends Copies<Int16Array> {}
interface Uint16Array extends Copies<Uint16Array> {}
interface Int32Array extends Copies<Int32Array> {}
interface Uint32Array extends Copies<Uint32Array> {}
interface Float32Array extends Copies<Float32Array> {}
interface Float64Array extends Copies<Float64Array> {}

interface String {
  /** Whether no half of a surrogate pair stands alone. */
  isWellFormed(): boolean;
  /** A copy with U+FFFD in the place of each half that stands alone. */
  toWellFormed(): string;
}
