// Asking the user, and text in the pager.

import { theHost } from "../runner/host.js";

/**
 * Ask for a line of text; the cell waits for the answer.
 * @param password the answer is not shown while it is typed
 */
export function input(prompt = "", { password = false }: { password?: boolean } = {}): string {
  return theHost().input(String(prompt), password);
}

/** Show a text in the client's pager (a pane of its own in terminals and the classic notebook). */
export function page(text: string): void {
  theHost().addPayload({ source: "page", data: { "text/plain": String(text) }, start: 0 });
}
