// biome-ignore-all lint/suspicious/noExplicitAny: every name must mean what it means in Node's own declarations
// biome-ignore-all lint/suspicious/noConfusingVoidType: as above
// The globals of Node that cells use most, in a few declarations, so that the first cell does not wait for all of @types/node.
// Whatever is missing here is judged by the full types (checker/compile.ts). Every name must mean the same there.

interface Console {
  log(...data: any[]): void;
  error(...data: any[]): void;
  warn(...data: any[]): void;
  info(...data: any[]): void;
  debug(...data: any[]): void;
  table(tabularData: any, properties?: readonly string[]): void;
  dir(obj: any, options?: object): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: any[]): void;
  trace(message?: any, ...optionalParams: any[]): void;
  assert(value: any, message?: string, ...optionalParams: any[]): void;
  count(label?: string): void;
  group(...label: any[]): void;
  groupEnd(): void;
}
declare var console: Console;

declare namespace NodeJS {
  interface Timeout {
    ref(): this;
    unref(): this;
    hasRef(): boolean;
    refresh(): this;
    [Symbol.toPrimitive](): number;
  }
  interface Immediate {
    ref(): this;
    unref(): this;
    hasRef(): boolean;
  }
}
declare function setTimeout<TArgs extends any[]>(
  callback: (...args: TArgs) => void,
  ms?: number,
  ...args: TArgs
): NodeJS.Timeout;
declare function setTimeout(callback: (args: void) => void, ms?: number): NodeJS.Timeout;
declare function setInterval<TArgs extends any[]>(
  callback: (...args: TArgs) => void,
  ms?: number,
  ...args: TArgs
): NodeJS.Timeout;
declare function setImmediate<TArgs extends any[]>(
  callback: (...args: TArgs) => void,
  ...args: TArgs
): NodeJS.Immediate;
declare function setImmediate(callback: (args: void) => void): NodeJS.Immediate;
declare function clearTimeout(timeoutId: NodeJS.Timeout | string | number | undefined): void;
declare function clearInterval(intervalId: NodeJS.Timeout | string | number | undefined): void;
declare function clearImmediate(immediateId: NodeJS.Immediate | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, transfer?: { transfer: ReadonlyArray<any> }): T;

declare var performance: { now(): number; readonly timeOrigin: number };
