import { describe, expect, test } from "vitest";
import { entryName, formatNumber, formatTogether } from "../../kernel/src/display/number.js";

describe("numbers", () => {
  test("three decimals, a true minus sign, whole numbers whole", () => {
    expect([-0.059484, 6, -2, 0.5, 1234.567, 12345678].map((x) => formatNumber(x, 3))).toEqual([
      "−0.059",
      "6",
      "−2",
      "0.500",
      "1234.6",
      "1.2e+7",
    ]);
  });
  test("a small number is never 0, and minus zero is", () => {
    expect(formatNumber(5.5e-7, 3)).toBe("5.5e−7");
    expect(formatNumber(-0, "all")).toBe("0");
  });
  test("six and all digits", () => {
    expect(formatNumber(1 / 3, 6)).toBe("0.333333");
    expect(formatNumber(1 / 3, "all")).toBe("0.3333333333333333");
  });
  test("what is not finite has a name", () =>
    expect([Number.NaN, 1 / 0, -1 / 0].map((x) => formatNumber(x))).toEqual(["NaN", "∞", "−∞"]));
  test("numbers of one table have as many decimals as one of them needs", () => {
    expect(formatTogether([1, 0.5, -0.25], 3)).toEqual(["1.00", "0.50", "−0.25"]);
    expect(formatTogether([1, 2, Number.NaN], 3)).toEqual(["1", "2", "NaN"]);
    expect(formatTogether([1, 1e-9], 3)).toEqual(["1", "1.0e−9"]);
  });
  test("names of entries", () => {
    expect(entryName("W", [1, 0])).toBe("W₂₁");
    expect(entryName("W", [9, 1])).toBe("W₁₀,₂");
    expect(entryName("W1", [1, 0])).toBe("W1[2,1]");
    expect(entryName("s", [])).toBe("s");
  });
});
