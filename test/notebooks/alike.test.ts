// The comparison itself: strict where a reader would see it, lenient where machines round.
import { describe, expect, test } from "vitest";
import { comparable, difference } from "./alike.js";

const text = (plain: string) => comparable({ output_type: "execute_result", data: { "text/plain": plain } });
const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(24);
  bytes.write("\u0089PNG", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return comparable({ output_type: "display_data", data: { "image/png": bytes.toString("base64") } });
};

describe("two outputs are alike", () => {
  test.each([
    ["✓ 4 lines, worst 3e-16", "✓ 4 lines, worst 0"],
    ["reverse AD exactly", "reverse AD to 1e-16"],
    ["L = 0.3274413945767", "L = 0.3274413945768"],
  ])("when they differ by rounding: %s, %s", (a, b) => {
    expect(difference(text(a), text(b))).toBeUndefined();
  });

  test("when a picture has other bytes and the same size", () => {
    expect(difference(png(300, 200), png(300, 200))).toBeUndefined();
  });

  test("when a text is kept as lines or as one string", () => {
    expect(
      difference(text("a\nb"), comparable({ output_type: "execute_result", data: { "text/plain": ["a\n", "b"] } })),
    ).toBeUndefined();
  });
});

describe("two outputs are not alike", () => {
  test.each([
    ["= 2 xᵀ", "= 2 x"],
    ["0.055", "−0.055"],
    ["0.0554", "0.0555"],
    ["6 lines", "5 lines"],
  ])("%s is not %s", (a, b) => {
    expect(difference(text(a), text(b))).toContain("output › execute_result › text/plain: committed");
  });

  test("when a form of the output is missing, or a cell has become an error", () => {
    expect(difference(text("1"), comparable({ output_type: "execute_result", data: {} }))).toContain("now nothing");
    expect(difference(text("1"), comparable({ output_type: "error" }))).toContain("execute_result");
  });

  test("when a picture has another size, or an output is one too many", () => {
    expect(difference(png(300, 200), png(300, 220))).toContain("300×2");
    expect(difference([text("1")], [text("1"), text("1")])).toContain("output › 1");
  });
});
