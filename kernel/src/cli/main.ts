/** The `nabla` command: derive, batch, check, lint, install, uninstall. */
import { batch } from "./batch.js";
import { checkCommand } from "./check.js";
import { deriveCommand } from "./derive.js";
import { installCommand } from "./installCommand.js";
import { lintCommand } from "./lint.js";
import { USAGE } from "./usage.js";

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (rest.some((arg) => arg === "--help" || arg === "-h")) {
    console.log(USAGE);
    return 0;
  }
  switch (command) {
    case "derive":
      return deriveCommand(rest);
    case "batch":
      await batch(process.stdin, process.stdout);
      return 0;
    case "check":
      return checkCommand(rest);
    case "lint":
      return lintCommand(rest);
    case "install":
    case "uninstall":
      return installCommand(command, rest);
    case undefined:
    case "help":
    case "--help":
    case "-h":
      console.log(USAGE);
      return command === undefined ? 2 : 0;
    default:
      console.error(`nabla: unknown command ${command}\n\n${USAGE}`);
      return 2;
  }
}

// Output that nobody reads any more ends the command quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const usage = code.startsWith("ERR_PARSE_ARGS");
  if (!usage && !/^E[A-Z]+$/.test(code)) throw error;
  console.error(`nabla: ${message}`);
  process.exitCode = usage ? 2 : 1;
}
