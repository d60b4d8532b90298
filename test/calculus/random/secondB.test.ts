import { test } from "vitest";
import { run, share, titled } from "./run.js";

test(titled(2, 1), () => run(2, 1), 20_000 + 500 * share(2));
