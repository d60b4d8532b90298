/** `nabla install` and `nabla uninstall`: the kernelspec for Jupyter. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { type InstallTarget, install, uninstall } from "./install.js";

const TARGETS = {
  user: { type: "boolean" },
  "sys-prefix": { type: "boolean" },
  prefix: { type: "string" },
} as const;
const SPEC = { node: { type: "string" }, "no-history": { type: "boolean" } } as const;

/** The oldest Node that runs the kernel. */
const OLDEST = [20, 19] as const;

export function installCommand(command: "install" | "uninstall", args: readonly string[]): number {
  const options = command === "install" ? { ...TARGETS, ...SPEC } : TARGETS;
  const values: Values = parseArgs({ args: [...args], options }).values;
  const chosen = [values.user, values["sys-prefix"], values.prefix].filter((v) => v !== undefined && v !== false);
  if (chosen.length > 1) {
    console.error(`nabla ${command}: give one of --user, --sys-prefix, --prefix DIR`);
    return 2;
  }
  const target: InstallTarget =
    values.prefix !== undefined
      ? { prefix: values.prefix }
      : values["sys-prefix"]
        ? { sysPrefix: true }
        : { user: true };
  try {
    return command === "install" ? written(target, values) : removed(target);
  } catch (cause) {
    console.error(
      `nabla ${command}: ${cause instanceof Error ? cause.message.replace(/^install: /, "") : String(cause)}`,
    );
    return 1;
  }
}

interface Values {
  user?: boolean;
  "sys-prefix"?: boolean;
  prefix?: string;
  node?: string;
  "no-history"?: boolean;
}

function written(target: InstallTarget, values: Values): number {
  const { node } = values;
  if (node !== undefined) checkNode(node);
  const folder = install(target, { ...(node !== undefined && { node }), history: values["no-history"] !== true });
  console.log(`kernelspec written to ${folder}`);
  return 0;
}

function removed(target: InstallTarget): number {
  const folder = uninstall(target);
  if (folder === undefined) {
    console.error("nabla uninstall: no kernelspec was found there");
    return 1;
  }
  console.log(`kernelspec removed from ${folder}`);
  return 0;
}

/** @throws Error when `node` cannot be started or is too old */
function checkNode(node: string): void {
  const { stdout, error } = spawnSync(node, ["--version"], { encoding: "utf8" });
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(stdout ?? "") ?? [];
  if (major === undefined)
    throw new Error(`--node ${node} is no Node: ${error ? error.message : "it does not say its version"}`);
  const version = [Number(major), Number(minor)] as const;
  if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1]))
    throw new Error(`--node ${node} is Node ${version.join(".")}; the kernel wants ${OLDEST.join(".")} or newer`);
}
