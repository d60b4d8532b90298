/** Text in pictures: the width of a line, and the coverage of each pixel of a glyph. */
import { decode } from "fast-png";
import { fromBase64 } from "./base64.js";
import { ADVANCES, ATLAS, BASELINE, GLYPH_HEIGHT, GLYPHS } from "./glyphs.js";

export const LINE_HEIGHT = GLYPH_HEIGHT;
export const ASCENT = BASELINE;

interface Glyph {
  /** Left edge in the atlas, with the empty column before the glyph. */
  readonly left: number;
  readonly advance: number;
}

interface Font {
  readonly width: number;
  readonly coverage: ArrayLike<number>;
  readonly glyphs: ReadonlyMap<string, Glyph>;
}

let made: Font | undefined;

/** The atlas is unpacked when the first picture is drawn. */
function font(): Font {
  if (made) return made;
  const { width, data } = decode(fromBase64(ATLAS));
  const glyphs = new Map<string, Glyph>();
  let left = 0;
  for (const [i, character] of [...GLYPHS].entries()) {
    const advance = ADVANCES[i]!;
    glyphs.set(character, { left, advance });
    left += advance + 2;
  }
  made = { width, coverage: data, glyphs };
  return made;
}

/** Signs that the font lacks and what stands for them; anything else unknown is "?". */
const INSTEAD: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u0302": "",
  "\u0304": "",
  "⇒": "→",
  "’": "'",
  "“": '"',
  "”": '"',
  "⋯": "…",
  "│": "|",
  ℝ: "R",
};

function glyphsOf(text: string): Glyph[] {
  const { glyphs } = font();
  return [...text].flatMap((character) => {
    const shown = INSTEAD[character] ?? character;
    return shown === "" ? [] : [glyphs.get(shown) ?? glyphs.get("?")!];
  });
}

export const textWidth = (text: string): number => glyphsOf(text).reduce((sum, { advance }) => sum + advance, 0);

/** Calls `put` with every pixel that the text covers, at x and y from its top left corner, coverage from 0 to 1. */
export function drawGlyphs(text: string, put: (x: number, y: number, coverage: number) => void): void {
  const { width, coverage } = font();
  let at = 0;
  for (const { left, advance } of glyphsOf(text)) {
    for (let y = 0; y < GLYPH_HEIGHT; y++)
      for (let x = 0; x < advance + 2; x++) {
        const c = coverage[y * width + left + x]!;
        if (c > 0) put(at + x - 1, y, c / 255);
      }
    at += advance;
  }
}
