/** One tab stop for a row of controls: the left and right arrow, Home and End move the focus from one to the next. */

export interface RovingOptions {
  /** Home and End go to the ends; without it they keep their meaning outside. */
  readonly ends?: boolean;
  /** Called with the control that the keys have led to. */
  readonly onMove?: (item: HTMLElement) => void;
}

export function addRoving(node: HTMLElement, selector: string, { ends = false, onMove }: RovingOptions = {}): void {
  const items = (): HTMLElement[] => Array.from(node.querySelectorAll<HTMLElement>(selector));
  node.addEventListener("focusin", (event) => {
    if (!items().includes(event.target as HTMLElement)) return;
    for (const item of items()) item.tabIndex = item === event.target ? 0 : -1;
  });
  node.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const to = at < 0 ? undefined : target(event.key, at, all.length, ends);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to]!.focus();
    onMove?.(all[to]!);
  });
}

function target(key: string, at: number, count: number, ends: boolean): number | undefined {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (ends && key === "Home") return 0;
  if (ends && key === "End") return count - 1;
  return undefined;
}
