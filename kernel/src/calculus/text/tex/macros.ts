/**
 * What the macros of the notes stand for. A macro takes the arguments of its kind; what is not in a table here is
 * refused by name. Sources: the notes, amsmath and bm, and what the printer of this engine writes.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(" ").map((pair) => pair.split(":") as [string, string]));

/** Letters by the name that the grammar has for them. */
export const LETTER_MACROS: ReadonlyMap<string, string> = new Map([
  ..."alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    .split(" ")
    .map((name) => [name, name] as const),
  ...pairs(
    "varepsilon:epsilon vartheta:theta varkappa:kappa varrho:rho varsigma:sigma varphi:phi ell:l imath:i jmath:j",
  ),
]);

/** Fonts and accents that change nothing: \mathbf W is W, \vec x is x. One argument. */
export const STYLES = words(
  "mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb boldsymbol bm pmb symbf symbfit symit vec mathbfit bold textbf textit textsf mathnormal ensuremath boxed underline mathop mathrel mathbin mathord",
);

/** Old fonts, styles and sizes without an argument. */
export const IGNORED = words(
  "bf rm it sf cal displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag left right middle big bigl bigr bigm Big Bigl Bigr Bigm bigg biggl biggr biggm Bigg Biggl Biggr Biggm mathstrut strut normalsize small large hfill noindent allowbreak null relax",
);

/** Accents that make another symbol of a letter, by what is appended to its name. */
export const ACCENTS: ReadonlyMap<string, string> = pairs(
  "hat:hat widehat:hat bar:bar overline:bar tilde:tilde widetilde:tilde dot:dot ddot:ddot check:check breve:breve",
);

/** Words in roman letters: functions, T, d, or a name of several letters. One argument. */
export const UPRIGHT = words("mathrm operatorname text textrm textnormal mbox hbox mathup");

/** Functions of the grammar by their macro. */
export const FUNCTION_MACROS: ReadonlyMap<string, string> = pairs(
  "det:det exp:exp log:log ln:ln sin:sin cos:cos tan:tan tanh:tanh tr:tr Tr:tr trace:tr diag:diag abs:abs norm:norm softmax:softmax sign:sign sgn:sign ReLU:relu relu:relu sinh:sinh cosh:cosh cot:cot sec:sec csc:csc arctan:arctan arcsin:arcsin arccos:arccos max:max min:min arg:arg rank:rank lg:lg",
);

/** Words set upright by what the grammar calls them. */
export const FUNCTION_WORDS: ReadonlyMap<string, string> = pairs(
  "tr:tr Tr:tr trace:tr Trace:tr det:det Det:det adj:adj inv:inv diag:diag Diag:diag vec:vec Vec:vec exp:exp log:log ln:ln sin:sin cos:cos tan:tan tanh:tanh sqrt:sqrt abs:abs relu:relu ReLU:relu Relu:relu sigmoid:sigmoid Sigmoid:sigmoid sgn:sign sign:sign step:step softmax:softmax Softmax:softmax logsumexp:logsumexp LSE:logsumexp lse:logsumexp sum:sum norm:norm logdet:logdet kron:kron dot:dot",
);

/** Signs by the sign of the grammar, with spaces so that two of them never run together. */
export const SIGN_MACROS: ReadonlyMap<string, string> = new Map([
  ["cdot", " * "],
  ["times", " * "],
  ["ast", " * "],
  ["star", " * "],
  ["odot", " .* "],
  ["circ", " .* "],
  ["bullet", " .* "],
  ["oslash", " ./ "],
  ["otimes", " ⊗ "],
  ["div", "/"],
  ["coloneqq", " = "],
  ["triangleq", " = "],
  ["equiv", " = "],
  ["le", "<="],
  ["leq", "<="],
  ["ge", ">="],
  ["geq", ">="],
  ["lt", "<"],
  ["gt", ">"],
  ["ne", "!="],
  ["neq", "!="],
  ["prime", "'"],
  ["{", "("],
  ["}", ")"],
  ["lbrace", "("],
  ["rbrace", ")"],
  ["lbrack", "("],
  ["rbrack", ")"],
  ["lparen", "("],
  ["rparen", ")"],
  ["(", "("],
  [")", ")"],
  ["|", "‖"],
  ["Vert", "‖"],
  ["lVert", "‖"],
  ["rVert", "‖"],
  ["parallel", "‖"],
  ["vert", "|"],
  ["lvert", "|"],
  ["rvert", "|"],
  ["mid", "|"],
  ["\\", "\n"],
  ["cr", "\n"],
  ["newline", "\n"],
  ["%", "%"],
  ["_", "_"],
]);

/** White space. */
export const SPACES = words(", ; : ! > / quad qquad enspace thinspace medspace thickspace negthinspace par");

export const FRACTIONS = words("frac dfrac tfrac cfrac nicefrac sfrac");

/** Decorations of several arguments: which of them is the formula; none where nothing of it is. */
export const DECORATIONS: ReadonlyMap<string, { readonly count: number; readonly keep?: number }> = new Map<
  string,
  { readonly count: number; readonly keep?: number }
>([
  ...["underbrace", "overbrace", "underbracket", "overbracket", "cancel", "smash"].map(
    (name) => [name, { count: 1, keep: 0 }] as const,
  ),
  ...["underset", "overset", "stackrel", "textcolor", "colorbox"].map((name) => [name, { count: 2, keep: 1 }] as const),
  ...["color", "label", "tag", "hspace", "vspace", "phantom", "hphantom", "vphantom", "mspace", "intertext"].map(
    (name) => [name, { count: 1 }] as const,
  ),
]);

/** Environments whose lines are formulas. */
export const LINES = words(
  "aligned align alignat alignedat gather gathered split equation multline multlined displaymath math eqnarray flalign",
);

export const MATRICES = words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array");

/** Macros that would change what the text means, or read a file. */
export const PROGRAMMING = words(
  "def gdef edef xdef let futurelet newcommand renewcommand providecommand newenvironment renewenvironment DeclareMathOperator NewDocumentCommand RenewDocumentCommand input include usepackage documentclass require write openout openin read immediate catcode csname endcsname expandafter noexpand special directlua newcount loop repeat global makeatletter verb lstinline",
);

/** Macros of formulas that are no expression of this grammar, and what to write instead. */
export const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ["sum", "a sum over indices: write the product of matrices, sum(x) or \\operatorname{tr}(X)"],
  ["prod", "a product over indices: write the factors"],
  ["int", "an integral"],
  ["lim", "a limit"],
  ["mathbb", "a set"],
  ["pm", "write + or -"],
  ["mp", "write + or -"],
  ["dots", "write every term"],
  ["cdots", "write every term"],
  ["ldots", "write every term"],
  ["vdots", "write every term"],
  ["ddots", "write every term"],
  ["infty", "infinity is not a number here"],
  ["to", "an arrow"],
  ["rightarrow", "an arrow"],
  ["longrightarrow", "an arrow"],
  ["Rightarrow", "an arrow"],
  ["implies", "one statement at a time"],
  ["iff", "one statement at a time"],
  ["mapsto", "an arrow"],
  ["approx", "only equations are decided"],
  ["sim", "only equations are decided"],
  ["propto", "only equations are decided"],
  ["forall", "declare names with where"],
  ["exists", "declare names with where"],
  ["in", "declare names with where"],
  ["mathbbR", "declare names with where"],
  ["dagger", "matrices are real here: \\top"],
]);

const OTHERS = words("partial nabla sqrt langle rangle intercal top T begin end operatornamewithlimits");

/** Every macro that has a meaning here: what an eaten escape may have been, and what a misspelt macro may mean. */
export const KNOWN_MACROS: ReadonlySet<string> = new Set(
  [
    LETTER_MACROS,
    STYLES,
    IGNORED,
    ACCENTS,
    UPRIGHT,
    FUNCTION_MACROS,
    SIGN_MACROS,
    SPACES,
    FRACTIONS,
    DECORATIONS,
    PROGRAMMING,
    UNREADABLE,
    OTHERS,
  ]
    .flatMap((table) => [...table.keys()])
    .filter((name) => /^[A-Za-z]+$/.test(name)),
);

/** Number of arguments that a macro takes. */
export function argumentCount(name: string): number {
  if (FRACTIONS.has(name)) return 2;
  if (STYLES.has(name) || UPRIGHT.has(name) || ACCENTS.has(name)) return 1;
  return DECORATIONS.get(name)?.count ?? (name === "sqrt" ? 1 : 0);
}
