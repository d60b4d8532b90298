/** The cells that make a network again in a notebook. */
import { DEFAULT_CONVENTIONS, type NetworkConfig } from "nabla";

/** Conventions are written where they differ from what a notebook begins with. */
export function typescriptCell({ conventions, ...config }: NetworkConfig): string {
  const chosen = Object.entries(conventions ?? {}).filter(
    ([key, value]) => value !== DEFAULT_CONVENTIONS[key as keyof typeof DEFAULT_CONVENTIONS],
  );
  const members = Object.entries({
    ...config,
    ...(chosen.length > 0 ? { conventions: Object.fromEntries(chosen) } : {}),
  }).map(([name, value]) => `  ${name}: ${literal(value)},`);
  return ['import { twoLayer } from "nabla";', "", "const net = twoLayer({", ...members, "});", "net.backprop()"].join(
    "\n",
  );
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name}: ${literal(member)}`)
    .join(", ")} }`;
}
