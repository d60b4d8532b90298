/** `nabla install` and `nabla uninstall`: the kernelspec for Jupyter. */
import { parseArgs } from "node:util";
import { install, uninstall } from "./install.js";

export function installCommand(command: "install" | "uninstall", args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { user: { type: "boolean" }, "sys-prefix": { type: "boolean" }, prefix: { type: "string" } },
  });
  const chosen = [values.user, values["sys-prefix"], values.prefix].filter((v) => v !== undefined && v !== false);
  if (chosen.length > 1) {
    console.error(`nabla ${command}: give one of --user, --sys-prefix, --prefix DIR`);
    return 2;
  }
  const target =
    values.prefix !== undefined
      ? { prefix: values.prefix }
      : values["sys-prefix"]
        ? { sysPrefix: true }
        : { user: true };
  const folder = command === "install" ? install(target) : uninstall(target);
  if (folder === undefined) {
    console.error("nabla uninstall: no kernelspec was found there");
    return 1;
  }
  console.log(command === "install" ? `kernelspec written to ${folder}` : `kernelspec removed from ${folder}`);
  return 0;
}
