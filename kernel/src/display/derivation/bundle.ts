/** A derivation as a cell shows it. No HTML: JupyterLab would prefer it to the Markdown, and not typeset it everywhere. */
import { DERIVATION_MIME, type DerivationDocument } from "../../calculus/index.js";
import { type Bundle, LATEX, MARKDOWN, TEXT } from "../bundle.js";
import { derivationLatex } from "./latex.js";
import { derivationMarkdown } from "./markdown.js";
import { derivationText } from "./text.js";

/** The document for the labextension's own renderer, and its shown page for everything else. */
export const derivationBundle = (document: DerivationDocument): Bundle => ({
  [DERIVATION_MIME]: document,
  [MARKDOWN]: derivationMarkdown(document),
  [LATEX]: derivationLatex(document),
  [TEXT]: derivationText(document),
});
