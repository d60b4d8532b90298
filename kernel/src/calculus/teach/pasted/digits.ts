/**
 * How far numbers that somebody pasted may be from the exact ones: half a unit of the last digit that was printed, and
 * the rounding of the arithmetic that made them. JavaScript drops zeros at the end, so the longest number decides.
 */
export interface Precision {
  /** Largest difference that counts as equal, for numbers of this size. */
  readonly tolerance: number;
  readonly from: "float64" | "float32" | "digits" | "given";
  /** Digits behind the point, where the numbers are rounded. */
  readonly decimals: number;
}

/** Relative rounding of a gradient of a few hundred operations. */
const FLOAT64 = 1e-9;
const FLOAT32 = 2e-5;
/** Fewer digits behind the point than a tensor is printed with are no rounding: the number is meant as it stands. */
const PRINTED = 3;
/** Rounded numbers decide nothing when the rounding is a part so large of the largest. */
const COARSE = 0.02;

export function precisionOf(got: readonly number[], largest: number, given?: number): Precision {
  if (given !== undefined) return { tolerance: given, from: "given", decimals: 0 };
  const decimals = Math.max(0, ...got.map(decimalsOf));
  const digits = Math.max(0, ...got.map(significant));
  // A float32 that was widened has as many digits as a float64.
  const single = got.every((x) => x === Math.fround(x));
  if (digits >= 10 && single) return { tolerance: FLOAT32 * largest, from: "float32", decimals };
  if (digits >= 15) return { tolerance: FLOAT64 * largest, from: "float64", decimals };
  if (digits >= 10) return { tolerance: Math.max(FLOAT64 * largest, 0.51 * 10 ** -decimals), from: "digits", decimals };
  const float32 = FLOAT32 * largest;
  if (decimals < PRINTED) return { tolerance: float32, from: "float32", decimals };
  const rounded = Math.max(float32, 0.51 * 10 ** -decimals);
  return rounded > COARSE * largest
    ? { tolerance: float32, from: "float32", decimals }
    : { tolerance: rounded, from: rounded > float32 ? "digits" : "float32", decimals };
}

/** 1.25 has two, 1.5e-7 has eight. */
function decimalsOf(x: number): number {
  const [mantissa, exponent = "0"] = String(Math.abs(x)).split("e");
  return Math.max(0, (mantissa!.split(".")[1]?.length ?? 0) - Number(exponent));
}

const significant = (x: number): number =>
  String(Math.abs(x)).split("e")[0]!.replace(".", "").replace(/^0+/, "").length;
