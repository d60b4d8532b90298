// Jupyter counts cursor positions in Unicode code points, TypeScript in UTF-16 units.

/** UTF-16 offset of the code point `position`. */
export function toUtf16(text: string, position: number): number {
  let offset = 0;
  for (let points = 0; points < position && offset < text.length; points++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** Code points before the UTF-16 `offset`. */
export function toCodePoints(text: string, offset: number): number {
  let points = 0;
  for (const _ of text.slice(0, offset)) points++;
  return points;
}
