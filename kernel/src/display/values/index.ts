/** Plain values of a cell that have a better form than an inspector's text: the list of them, tried in order. */
import type { Bundle } from "../bundle.js";
import type { Recogniser } from "./define.js";
import { figure } from "./figure.js";
import { image } from "./image.js";
import { matrix, typedArray } from "./matrix.js";
import { map, objectArray, recordOfRecords } from "./table.js";
import { tensor } from "./tensor.js";

const RECOGNISERS: readonly Recogniser[] = [
  figure,
  image,
  matrix,
  tensor,
  typedArray,
  objectArray,
  recordOfRecords,
  map,
];

/** The forms of a value that is recognised; undefined for every other, and for one whose own code throws when it is looked at. */
export function valueBundle(value: object): Bundle | undefined {
  for (const { show } of RECOGNISERS) {
    try {
      const bundle = show(value);
      if (bundle) return bundle;
    } catch {
      // A proxy or a prototype of the user's: the inspector tells it.
      return undefined;
    }
  }
  return undefined;
}
