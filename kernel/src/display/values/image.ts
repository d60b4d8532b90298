/** Bytes that begin as a picture does: PNG, JPEG, GIF, WebP, SVG. */
import { TEXT } from "../bundle.js";
import { toBase64 } from "../png/base64.js";
import { counted, type Recogniser } from "./define.js";

interface Format {
  readonly name: string;
  readonly mime: string;
  readonly begins: (bytes: Uint8Array) => boolean;
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const FORMATS: readonly Format[] = [
  { name: "PNG", mime: "image/png", begins: (bytes) => ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n" },
  { name: "JPEG", mime: "image/jpeg", begins: (bytes) => ascii(bytes, 0, 3) === "\xff\xd8\xff" },
  { name: "GIF", mime: "image/gif", begins: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) },
  {
    name: "WebP",
    mime: "image/webp",
    begins: (bytes) => ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP",
  },
];

/** A larger one would make the notebook file unwieldy. */
const LARGEST = 10 << 20;
const SVG = "image/svg+xml";
/** What could run, or load something, when the picture is put into a page as it is. */
const ACTIVE =
  /<script|<foreignObject|<iframe|<!ENTITY|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*["']?\s*(?!#|data:image)/i;

export const image: Recogniser = {
  name: "image",
  show(value) {
    const bytes = bytesOf(value);
    if (!bytes || bytes.length === 0 || bytes.length > LARGEST) return undefined;
    const format = FORMATS.find(({ begins }) => begins(bytes));
    if (format)
      return { [format.mime]: toBase64(bytes), [TEXT]: `${format.name} image, ${counted(bytes.length, "byte")}` };
    if (!/^(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!--)/i.test(ascii(bytes, 0, 64))) return undefined;
    const text = new TextDecoder().decode(bytes).trim();
    if (!/^(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<svg[\s>]/i.test(text)) return undefined;
    const words = `SVG image, ${counted(bytes.length, "byte")}`;
    return ACTIVE.test(text)
      ? { [TEXT]: `${words}, not drawn: it holds scripts or links` }
      : { [SVG]: text, [TEXT]: words };
  },
};

function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
