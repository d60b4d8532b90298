/** What `nabla --help` says: every command with every option. */
export const USAGE = `nabla — matrix calculus with derivations

  nabla derive "norm(W*x+b)^2" --vars "W: m×n, x: n, b: m" --wrt W
  nabla derive --tex "\\|Wx+b\\|^2" …   the expression as LaTeX
               [--layout denominator|numerator] [--style differential|index|chain]
               [--structure symmetric-entries|projected] [--time-limit SECONDS]
               [--format text|markdown|latex|json|numpy|jax|torch|julia|octave|matlab|typescript]
  nabla batch            JSON Lines on standard input, one answer per line
  nabla check "tr(A B) = tr(B A)"   is a statement true? [--vars DECLARATIONS] [--layout …] [--tex] [--json]
  nabla check "2 A x" --of "x'*A*x" --wrt x --vars "A: n×n, x: n"   is this the derivative? lines with ; are a derivation
  nabla lint FILE …      which statement is in which layout, what conflicts, what is false [--layout …] [--json]
  nabla install   [--user | --sys-prefix | --prefix DIR] [--node PATH] [--no-history]
  nabla uninstall [--user | --sys-prefix | --prefix DIR]
               --user: for you (the default); --sys-prefix: into the active venv or conda environment
               --node: the Node that runs the kernel, this one unless said; "node" takes it from the PATH
               --no-history: cells are not kept for later sessions
`;
