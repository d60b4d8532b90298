/** What can be read or built; what cannot is undefined. */
import { NablaError } from "../../core/errors.js";

export function safely<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}
