/** Plain text inside Markdown: characters that it would read are escaped. */
export const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|$]/g, "\\$&");
