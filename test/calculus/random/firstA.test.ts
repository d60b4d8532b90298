import { test } from "vitest";
import { run, share, titled } from "./run.js";

test(titled(1, 0), () => run(1, 0), 20_000 + 500 * share(1));
