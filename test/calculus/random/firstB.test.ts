import { test } from "vitest";
import { run, share, titled } from "./run.js";

test(titled(1, 1), () => run(1, 1), 20_000 + 500 * share(1));
