/** The `nabla` command: derive, batch, install, uninstall. */
import { batch } from "./batch.js";
import { deriveCommand } from "./derive.js";
import { installCommand } from "./installCommand.js";

const USAGE = `nabla — matrix calculus with derivations

  nabla derive "norm(W*x+b)^2" --vars "W: m×n, x: n, b: m" --wrt W
  nabla derive --tex "\\|Wx+b\\|^2" …   the expression as LaTeX
               [--layout denominator|numerator] [--style differential|index|chain]
               [--format text|markdown|latex|json|numpy|jax|torch|julia|octave|matlab|typescript] [--time-limit SECONDS]
  nabla batch            JSON Lines on standard input, one answer per line
  nabla install   [--user | --sys-prefix | --prefix DIR] [--node PATH] [--no-history]
  nabla uninstall [--user | --sys-prefix | --prefix DIR]
               --user: for you (the default); --sys-prefix: into the active venv or conda environment
               --node: the Node that runs the kernel, this one unless said; "node" takes it from the PATH
               --no-history: cells are not kept for later sessions
`;

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
