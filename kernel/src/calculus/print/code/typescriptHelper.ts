/** A function of a TypeScript program by name: its text, and the functions that it uses. */
export type Helpers = Readonly<Record<string, { readonly text: string; readonly needs?: readonly string[] }>>;
