import { test } from "vitest";
import { run, share, titled } from "./run.js";

test(titled(2, 0), () => run(2, 0), 20_000 + 500 * share(2));
