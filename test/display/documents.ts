/** Small documents for the tests: ‖Wx + b‖² by W as the golden page has it, and ln|X| with its erratum. */
import type { DerivationDocument } from "nabla";

type Line = DerivationDocument["pages"][number]["lines"][number];

const line = (
  left: string,
  right: readonly string[],
  note: string,
  chips: readonly string[],
  cites: readonly string[],
  shape = "",
): Line => ({
  left,
  right,
  note,
  chips: chips.map((name) => ({ name, sentence: `${name}.` })),
  tags: cites.map((label) => ({ label })),
  shape,
  maxRelError: 1e-15,
});

export const normSquared: DerivationDocument = {
  kind: "nabla.derivation",
  version: 1,
  text: "‖W x + b‖²",
  shown: { layout: "denominator", style: "differential" },
  pages: [
    {
      layout: "denominator",
      style: "differential",
      header: [
        "$f=\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2$, $\\mathbf W\\in\\mathbb R^{m\\times n}$; by $\\mathbf W$ ($ \\mathbf x,\\mathbf b $ constant)",
      ],
      conditions: [],
      lines: [
        line(
          "d\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2",
          ["d(\\mathbf y^\\top\\mathbf y)\\,\\Big|_{\\mathbf y=\\mathbf W\\mathbf x+\\mathbf b}"],
          "norm squared; let $\\mathbf y$",
          ["norm²", "let y"],
          ["002 §2 (used)"],
          "1",
        ),
        line(
          "",
          ["2(\\mathbf W\\mathbf x+\\mathbf b)^\\top(d\\mathbf W)\\,\\mathbf x"],
          "\\text{from eq. (4)}",
          ["product", "constant"],
          ["002 (4)"],
          "1×m · m×n · n×1",
        ),
        line(
          "",
          ["\\operatorname{tr}\\!\\big(2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\,d\\mathbf W\\big)"],
          "",
          ["trace/cyclic"],
          ["002 (12)"],
        ),
      ],
      results: [
        {
          latex: "\\frac{\\partial f}{\\partial\\mathbf W}=2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top",
          layout: "numerator",
          here: false,
        },
        {
          latex: "\\frac{\\partial f}{\\partial\\mathbf W}=2(\\mathbf W\\mathbf x+\\mathbf b)\\,\\mathbf x^\\top",
          layout: "denominator",
          here: true,
        },
      ],
      boxes: [],
      folded: [],
      check: "✓ 3 lines, 2 random points, worst 1e-15",
      reading: "*Twice the residual times the input, an outer product: rank 1.*",
    },
  ],
};

export const logDeterminant: DerivationDocument = {
  kind: "nabla.derivation",
  version: 1,
  text: "ln|X|",
  shown: { layout: "numerator", style: "index" },
  pages: [
    {
      layout: "numerator",
      style: "differential",
      header: ["$f=\\ln|\\mathbf X|$; $|\\mathbf X|$ is the *determinant* here"],
      conditions: ["$\\mathbf X$ invertible, $|\\mathbf X|>0$"],
      lines: [
        line(
          "d\\ln|\\mathbf X|",
          ["|\\mathbf X|^{-1}\\,d|\\mathbf X|"],
          "\\text{scalar chain rule}",
          ["ln"],
          ["002 (1)"],
        ),
        {
          ...line(
            "",
            ["\\operatorname{tr}\\!\\big(\\mathbf X^{-1}d\\mathbf X\\big)"],
            "\\text{from eq. (11)}",
            ["determinant"],
            [],
          ),
          tags: [{ label: "002 (11)", erratum: "the notes cite (10) here; the form used is (11)" }],
        },
      ],
      results: [
        {
          latex: "\\frac{\\partial\\ln|\\mathbf X|}{\\partial\\mathbf X}=\\mathbf X^{-1}",
          layout: "numerator",
          here: true,
        },
      ],
      boxes: [
        {
          kind: "erratum",
          title: "",
          text: "The notes print $\\mathbf X^{-\\top}$ here.\n\nThat is the **denominator** answer.",
        },
      ],
      folded: [
        {
          title: "Why (11)? $\\mathbf X^{-1}$ & co",
          text: "By cofactors.",
          lines: [
            line(
              "d|\\mathbf X|",
              ["\\operatorname{tr}\\big(\\operatorname{adj}(\\mathbf X)\\,d\\mathbf X\\big)"],
              "",
              ["adj"],
              ["002 (10)"],
            ),
          ],
        },
      ],
      check: "✓ 2 lines",
      reading: "",
    },
  ],
};
