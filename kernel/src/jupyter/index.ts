// What a cell imports from "nabla/jupyter": rich output, questions to the user, progress, comms.

export { input, page } from "./api/ask.js";
export { comms } from "./api/comms.js";
export { clearOutput, type Display, type DisplayOptions, display } from "./api/display.js";
export { type Progress, progress } from "./api/progress.js";
export type { Comm, CommEvent, CommOptions, Comms, CommTarget } from "./runner/comms.js";
