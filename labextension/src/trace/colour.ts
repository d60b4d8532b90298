/**
 * Colours of a heatmap cell: PuOr (ColorBrewer), diverging around zero, orange below, purple above. It stays readable
 * under protan, deutan and tritan vision; the text on it is black or white, whichever contrasts more.
 */
type Rgb = readonly [red: number, green: number, blue: number];

/** The eleven classes of PuOr, from −1 to 1. */
const PUOR: readonly Rgb[] = [
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

/** Largest magnitude of a tensor: the colour scale is symmetric, so that zero is always the neutral grey. */
export const colourScale = (values: readonly number[]): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);

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
export function luminance([red, green, blue]: Rgb): number {
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

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

export const textColour = (background: Rgb): Rgb =>
  contrast(background, BLACK) >= contrast(background, WHITE) ? BLACK : WHITE;

export const css = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;
