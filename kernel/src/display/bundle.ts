/** What a cell shows: MIME type to text, to JSON, or to base64. A front end takes the richest type that it knows. */
export type Bundle = Readonly<Record<string, unknown>>;

export const MARKDOWN = "text/markdown";
export const LATEX = "text/latex";
export const HTML = "text/html";
export const PNG = "image/png";
export const TEXT = "text/plain";
export const PLOTLY = "application/vnd.plotly.v1+json";
