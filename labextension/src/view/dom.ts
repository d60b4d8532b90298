/** Plain DOM with few words: `el("button", { class: "x", on: { click } }, "Next")`. Text is always text, never HTML. */

export interface Attributes {
  readonly class?: string;
  readonly attrs?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly style?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export type Child = Node | string | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: name, attrs, style, on }: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (name) node.className = name;
  setAttributes(node, attrs);
  for (const [property, value] of Object.entries(style ?? {})) node.style.setProperty(property, value);
  for (const [type, listener] of Object.entries(on ?? {})) node.addEventListener(type, listener as EventListener);
  append(node, children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attrs: Attributes["attrs"],
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attrs);
  append(node, children);
  return node;
}

/** `false` and undefined leave an attribute out; `true` sets it empty, and "true" for ARIA states. */
export function setAttributes(node: Element, attrs: Attributes["attrs"]): void {
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (name.startsWith("aria-") && typeof value === "boolean") node.setAttribute(name, String(value));
    else if (value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function append(node: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== undefined) node.append(child);
}
