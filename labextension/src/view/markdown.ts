/** One line of Markdown as the engine writes it: $math$, **strong**, *emphasis*, `code`. Builds nodes, never HTML. */
import { el } from "./dom.js";
import type { Typeset } from "./typeset.js";

const PIECES =
  /\$\$(?<display>[^$]+)\$\$|\$(?<math>[^$]+)\$|\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*]+)\*|`(?<code>[^`]+)`/gu;

export function markdownLine(text: string, typeset: Typeset): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    const start = match.index ?? end;
    fragment.append(text.slice(end, start));
    end = start + match[0].length;
    const { display, math, strong, emphasis, code } = match.groups ?? {};
    if (display) fragment.append(typeset(display, { display: true }));
    else if (math) fragment.append(typeset(math));
    else if (strong) fragment.append(el("strong", {}, markdownLine(strong, typeset)));
    else if (emphasis) fragment.append(el("em", {}, markdownLine(emphasis, typeset)));
    else if (code) fragment.append(el("code", {}, code));
  }
  fragment.append(text.slice(end));
  return fragment;
}
