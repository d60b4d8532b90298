/**
 * Colours of a heatmap cell: PuOr (ColorBrewer), diverging around zero, orange below, purple above. It stays readable
 * under protan, deutan and tritan vision; the text on it is black or white, whichever contrasts more.
 */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The eleven classes of PuOr, from −1 to 1. */
export const PUOR: readonly Rgb[] = [
  [127, 59, 8],
  [179, 88, 6],
  [224, 130, 20],
  [253, 184, 99],
  [254, 224, 182],
  [247, 247, 247],
  [216, 218, 235],
  [178, 171, 210],
  [128, 115, 172],
  [84, 39, 136],
  [45, 0, 75],
];

/** Largest finite magnitude: the scale is symmetric, so that zero is always the neutral grey in the middle. */
export function colourLimit(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (Number.isFinite(size) && size > most) most = size;
  }
  return most;
}

/** Background of `value` on a scale from −limit to limit. */
export function cellColour(value: number, limit: number): Rgb {
  const share = limit > 0 && Number.isFinite(value) ? Math.max(-1, Math.min(1, value / limit)) : 0;
  const place = ((share + 1) / 2) * (PUOR.length - 1);
  const low = Math.min(Math.floor(place), PUOR.length - 2);
  const mix = (i: 0 | 1 | 2): number => {
    const from = PUOR[low]![i];
    return Math.round(from + (PUOR[low + 1]![i] - from) * (place - low));
  };
  return [mix(0), mix(1), mix(2)];
}

/** Relative luminance of WCAG 2. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio of WCAG 2, from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export const BLACK: Rgb = [0, 0, 0];
export const WHITE: Rgb = [255, 255, 255];

/** Of a place whose number is zero in a tensor that is mostly zero: the "·" is there, but does not speak up. */
export const EMPTY: { readonly background: Rgb; readonly text: Rgb } = {
  background: [247, 247, 247],
  text: [89, 89, 89],
};

/** Of a number that is not finite: two greys in stripes, black text on both. */
export const HATCH: { readonly light: Rgb; readonly dark: Rgb } = { light: [232, 232, 232], dark: [199, 199, 199] };

export const textColour = (background: Rgb): Rgb =>
  contrast(background, BLACK) >= contrast(background, WHITE) ? BLACK : WHITE;

export const hex = (colour: Rgb): string => `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
