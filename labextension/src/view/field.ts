/** A control with its name beside it. */
import { el } from "./dom.js";

export interface Option<T> {
  readonly value: T;
  readonly words: string;
}

export interface Field<T> {
  readonly node: HTMLElement;
  set(value: T): void;
}

const labelled = (label: string, control: HTMLElement): HTMLElement =>
  el("label", { class: "jp-nabla-Field" }, el("span", {}, label), control);

/** A list to choose one of; values are told apart by their place, so they may be anything. */
export function selectField<T>(label: string, options: readonly Option<T>[], onChange: (value: T) => void): Field<T> {
  const select: HTMLSelectElement = el(
    "select",
    { class: "jp-nabla-Select", on: { change: () => onChange(options[select.selectedIndex]!.value) } },
    ...options.map(({ words }) => el("option", {}, words)),
  );
  return {
    node: labelled(label, select),
    set: (value) => {
      select.selectedIndex = options.findIndex((option) => option.value === value);
    },
  };
}

/** A number of things. What is written is handed on as it is; `set` puts the last good one back. */
export function countField(
  label: string,
  [least, most]: readonly [number, number],
  onChange: (written: string) => void,
): Field<number> {
  const input: HTMLInputElement = el("input", {
    class: "jp-nabla-Count",
    attrs: { type: "number", min: least, max: most, step: 1 },
    on: { change: () => onChange(input.value) },
  });
  return {
    node: labelled(label, input),
    set: (value) => {
      input.value = String(value);
    },
  };
}

export function checkField(label: string, onChange: (on: boolean) => void): Field<boolean> {
  const input: HTMLInputElement = el("input", {
    attrs: { type: "checkbox" },
    on: { change: () => onChange(input.checked) },
  });
  return {
    node: labelled(label, input),
    set: (value) => {
      input.checked = value;
    },
  };
}

/** A number that need not be whole; what is no number is handed on as NaN. */
export function numberField(label: string, onChange: (value: number) => void): Field<number> {
  const input: HTMLInputElement = el("input", {
    class: "jp-nabla-Count",
    attrs: { type: "number", min: 0, step: "any" },
    on: { change: () => onChange(input.valueAsNumber) },
  });
  return {
    node: labelled(label, input),
    set: (value) => {
      input.value = String(value);
    },
  };
}
