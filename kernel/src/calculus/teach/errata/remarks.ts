/** Slips of the notes that are no formula of the grammar: words, indices, numbers of equations, typesetting. */
import { remark, type Slip } from "./define.js";

export const remarkSlips: readonly Slip[] = [
  remark(
    {
      id: "000-det-abs",
      prints: ["Absolutevalueofamatrixisnothingbutthedeterminant"],
      document: "000/001",
      where: "line 11",
      why: "|A| is only notation for det A, which can be negative.",
    },
    "the absolute value of a matrix is its determinant",
    "|A| denotes the determinant",
  ),
  remark(
    {
      id: "001-underbrace",
      prints: ["underbracefracpartialellpartialc_1timesm"],
      document: "000/001",
      where: "∂ℓ/∂c under W x = c",
      why: "In denominator layout ∂ℓ/∂c has the shape of c.",
    },
    "1×m under ∂ℓ/∂c",
    "h×1",
  ),
  remark(
    {
      id: "002-cites-10",
      prints: ["tr(X^-1dX)fromeq.(10)"],
      document: "002",
      where: "§2, ln|X|",
      why: "(10) has the adjugate; the form with X^-1 that the line uses is (11).",
    },
    "from eq. (10)",
    "from eq. (11)",
  ),
  remark(
    { id: "002-columns", document: "002", where: "§2", why: "The two columns of the page are interleaved." },
    "explanations out of order",
    "each sentence beside its own example",
  ),
  remark(
    {
      id: "002-template",
      prints: ["convolutionBoeing", "*convolution*Boeing"],
      document: "002",
      where: "last line",
      why: "The document has no convolution; the line is left over from a template.",
    },
    "a line on convolution",
    "nothing",
  ),
  remark(
    {
      id: "002-dinv-parentheses",
      prints: ["dX^-1X=0"],
      document: "002",
      where: "§2, d(X^-1)",
      why: "The product is differentiated as a whole, X^-1 X = I.",
    },
    "dX^-1 X = 0",
    "d(X^-1 X) = 0",
  ),
  remark(
    {
      id: "003-reverse-rule",
      prints: ["w_j=sum_jin"],
      document: "003",
      where: "lines 55–61",
      why: "The sum runs over the nodes j that use node i; j is bound and cannot stand on the left.",
    },
    "w_j = Σ_{j ∈ backward(i)} w_j ∂y/∂x_i",
    "v̄_i = Σ_{j ∈ succ(i)} v̄_j ∂v_j/∂v_i",
  ),
  remark(
    {
      id: "003-inverse-proof",
      prints: ["A^TfracpartialApartialx+fracpartialA^TpartialxA=0"],
      document: "003",
      where: "proof of ∂(A^-1)",
      why: "The proof differentiates A^-1 A = I; a transpose does not occur in it.",
    },
    "A^T",
    "A^-1",
  ),
  remark(
    {
      id: "003-tr2",
      prints: ["tr(CA)=Ctr(A)"],
      document: "003",
      where: "line 166",
      why: "Linearity lets a number out of the trace; for a matrix C the two sides have different shapes.",
    },
    "tr(C A) = C tr(A)",
    "tr(c A) = c tr(A) with a scalar c",
  ),
  remark(
    {
      id: "004-escapes",
      document: "004",
      where: "throughout",
      why: "A backslash and the letter behind it were read as one control character.",
    },
    "rac, oldsymbol, egin, abla, ight",
    "\\frac, \\boldsymbol, \\begin, \\nabla, \\right",
  ),
  remark(
    {
      id: "004-mixed-layouts",
      document: "004",
      where: "list of identities",
      why: "a' has numerator layout, a b' denominator layout; both stand in one list.",
    },
    "∂(a'x)/∂x = a' and ∂(a'X b)/∂X = a b'",
    "a' and b a' in numerator layout, or a and a b' in denominator layout",
  ),
];
