// The formulas of a Markdown text, as Jupyter, GitHub and VS Code find them: $$…$$ on their own, $…$ within a line.
export interface Formula {
  readonly latex: string;
  readonly display: boolean;
}

const CODE = /```[\s\S]*?```|`[^`\n]*`/g;
const MATHS = /\$\$([\s\S]+?)\$\$|\$([^$\n]+(?:\n[^$\n]+)*?)\$/g;

export const formulas = (markdown: string): Formula[] =>
  [...markdown.replace(CODE, "").matchAll(MATHS)].map(([, display, inline]) => ({
    latex: display ?? inline!,
    display: display !== undefined,
  }));
