/**
 * LaTeX as the engine prints it → one line for a terminal: `2\,\mathbf x(\mathbf W\mathbf x)^\top` is "2 x (W x)ᵀ".
 * Bold and sizes are dropped, fractions become a/b, scripts become Unicode where it has them and `_ij`, `^(n+1)` where
 * it has not. The shape under a factor is dropped (a line has its own place for it); |_{y = Wx + b} is kept.
 */
import { join } from "./join.js";
import { type Atom, DROPPED, FUNCTIONS, SIGNS, STYLES, SUBSCRIPT, SUPERSCRIPT, TEXT_COMMANDS } from "./signs.js";

export const latexToText = (latex: string): string => join(new Reader(latex).all()).replace(/ +$/, "").trimStart();

/** A sum, and below a fraction bar or a root a product too, needs brackets. */
const isClosed = (text: string): boolean => /^[([|‖][^()|]*[)\]|‖]$/.test(text);
const bracketed = (text: string, open = / |\//): string => (open.test(text) && !isClosed(text) ? `(${text})` : text);

const TOKEN = /:=|\\[a-zA-Z]+\*?|\\.|\d+(?:\.\d+)?|\s+|./gsu;
const isSpace = (token: string | undefined): boolean => token !== undefined && token.trim() === "";

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  /** What is left of a token of which only the first digit was an argument. */
  #rest: string | undefined;

  constructor(latex: string) {
    this.#tokens = [...latex.matchAll(TOKEN)].map(([token]) => token);
  }

  all(): Atom[] {
    return this.#until(undefined);
  }

  #peek(): string | undefined {
    while (isSpace(this.#tokens[this.#at])) this.#at++;
    return this.#tokens[this.#at];
  }

  #next(): string | undefined {
    if (this.#rest !== undefined) {
      const rest = this.#rest;
      this.#rest = undefined;
      return rest;
    }
    this.#peek();
    return this.#tokens[this.#at++];
  }

  #until(stop: string | undefined): Atom[] {
    const atoms: Atom[] = [];
    for (let token = this.#next(); token !== undefined && token !== stop; token = this.#next())
      this.#read(token, atoms);
    return atoms;
  }

  /** The argument of a command: a group, or one token with what belongs to it. */
  #argument(): Atom[] {
    const token = this.#next();
    if (token === "{") return this.#until("}");
    // \tfrac12 is one half: a number without braces is one digit.
    if (token !== undefined && /^\d./.test(token)) {
      this.#rest = token.slice(1);
      return [{ text: token[0]!, kind: "number" }];
    }
    const atoms: Atom[] = [];
    if (token !== undefined) this.#read(token, atoms);
    return atoms;
  }

  #read(token: string, atoms: Atom[]): void {
    if (token === "{") atoms.push(...this.#until("}"));
    else if (token === "^" || token === "_") this.#script(token, atoms);
    else if (token === "'") atoms.push({ text: "′", kind: atoms.at(-1)?.kind ?? "name", glued: true });
    else if (token.startsWith("\\")) this.#command(token.slice(1).replace("*", ""), atoms);
    else if (token !== "&" && token !== "}") atoms.push(plain(token));
    else if (token === "&") atoms.push({ text: " ", kind: "verbatim" });
  }

  #command(name: string, atoms: Atom[]): void {
    if (TEXT_COMMANDS.has(name)) atoms.push({ text: this.#words(), kind: "verbatim" });
    else if (STYLES.has(name)) atoms.push(...this.#argument().map((atom) => styled(name, atom)));
    else if (name === "operatorname") atoms.push({ text: this.#letters(), kind: "function" });
    else if (FUNCTIONS.has(name)) atoms.push({ text: name, kind: "function" });
    else if (/^[dt]?frac$/.test(name)) atoms.push(fraction(join(this.#argument()), join(this.#argument())));
    else if (name === "sqrt") atoms.push({ text: `√${bracketed(join(this.#argument()))}`, kind: "word" });
    else if (/^(under|over)(brace|line)$/.test(name)) atoms.push(...this.#braced());
    else if (name === "begin") atoms.push(this.#environment());
    else if (DROPPED.has(name)) this.#argument();
    else if (name === "sum" || name === "prod") atoms.push({ text: name === "sum" ? "Σ" : "Π", kind: "big" });
    else if (name === "|") atoms.push({ text: "‖", kind: "operator" });
    else if (SIGNS.has(name)) atoms.push(SIGNS.get(name)!);
    else if (!/^(left|right|[bB]igg?[lrm]?|displaystyle|textstyle|small|footnotesize|limits|nonumber)$/.test(name))
      atoms.push({ text: name, kind: "word" });
  }

  #letters(): string {
    return this.#argument()
      .map(({ text }) => text)
      .join("");
  }

  /** The words of \text{…} with their spaces; $…$ inside is mathematics. */
  #words(): string {
    if (this.#next() !== "{") return "";
    const raw: string[] = [];
    for (let depth = 1; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token === "{") depth++;
      if (token === "}" && --depth === 0) break;
      raw.push(token);
    }
    this.#at++;
    return raw
      .join("")
      .replace(/\\(footnotesize|small) ?/g, "")
      .replace(/\$([^$]*)\$/g, (_, math: string) => latexToText(math))
      .replace(/\\([%#&_$ {}])/g, "$1");
  }

  #braced(): Atom[] {
    const body = this.#argument();
    if (this.#peek() === "_" || this.#peek() === "^") {
      this.#at++;
      this.#argument();
    }
    return body;
  }

  /** A matrix on one line: [1 2; 3 4]. */
  #environment(): Atom {
    const name = this.#letters();
    const rows: string[][] = [[""]];
    for (let depth = 1; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token === "\\begin") depth++;
      if (token === "\\end" && --depth === 0) break;
      const last = rows.at(-1)!;
      if (depth === 1 && token === "&") last.push("");
      else if (depth === 1 && token === "\\\\") rows.push([""]);
      else last[last.length - 1] += token;
    }
    this.#at++;
    this.#argument();
    const lines = rows.map((row) => row.map(latexToText).join(" ").trim()).filter((row) => row !== "");
    return { text: name.endsWith("matrix") ? `[${lines.join("; ")}]` : lines.join("; "), kind: "word" };
  }

  #script(mark: string, atoms: Atom[]): void {
    const base = atoms.at(-1);
    const spaced = join(this.#argument());
    // Indices stand close together, factors do not.
    const text = /^\S( \S)*$/.test(spaced) ? spaced.replaceAll(" ", "") : spaced.replace(/ ?([+−×·=,]) ?/g, "$1");
    if (base?.text === "|" && spaced.includes(" = ")) {
      atoms.pop();
      atoms.push({ text: ` | ${spaced}`, kind: "verbatim" });
    } else if (base?.kind === "big")
      atoms.push({
        text: mark === "_" ? `_{${text}}`.replace(/^_\{(\w+)\}$/, "_$1") : `^${text}`,
        kind: "big",
        glued: true,
      });
    else
      atoms.push({
        text: scripted(mark, text),
        kind: base?.kind === "prefix" ? "close" : (base?.kind ?? "word"),
        glued: true,
      });
  }
}

function plain(token: string): Atom {
  if (/^\d/.test(token)) return { text: token, kind: "number" };
  if (token === "-") return { text: "−", kind: "operator" };
  if (token === "d") return { text: "d", kind: "prefix" };
  if (token === "(" || token === "[") return { text: token, kind: "open" };
  if (token === ")" || token === "]" || token === "!") return { text: token, kind: "close" };
  if (token === "/") return { text: "/", kind: "prefix" };
  if (token === "," || token === ";") return { text: token, kind: "comma" };
  if (token === "." || token === "~") return { text: token === "." ? "" : " ", kind: "verbatim" };
  if (token === ":=") return { text: token, kind: "operator" };
  return /^[=+*<>:|‖·×∘−]$/u.test(token) ? { text: token, kind: "operator" } : { text: token, kind: "name" };
}

function styled(style: string, atom: Atom): Atom {
  if (style === "hat" || style === "bar" || style === "tilde") {
    const mark = { hat: "\u0302", bar: "\u0304", tilde: "\u0303" }[style];
    return { ...atom, text: atom.text + mark };
  }
  if (style === "mathbb") return { ...atom, text: { R: "ℝ", N: "ℕ", Z: "ℤ", E: "𝔼" }[atom.text] ?? atom.text };
  const variable = style !== "mathrm" && (atom.kind === "name" || atom.kind === "prefix") && style !== "mathcal";
  return variable ? { ...atom, kind: "word" } : style === "mathrm" ? { ...atom, kind: "name" } : atom;
}

const fraction = (over: string, under: string): Atom => ({
  text: `${bracketed(over, / [+−∘=] |\//)}/${bracketed(under)}`,
  kind: "word",
});

function scripted(mark: string, text: string): string {
  const table = mark === "^" ? SUPERSCRIPT : SUBSCRIPT;
  const raised = [...text].map((c) => table[c]);
  if (raised.every((c) => c !== undefined)) return raised.join("");
  return mark + (/^[\p{L}\d₀-₉]+$/u.test(text) ? text : `(${text})`);
}
