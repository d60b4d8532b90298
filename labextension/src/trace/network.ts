/** What the panel computes by itself. A module of its own, so that its chunk holds this part of the engine alone. */
export {
  configOf,
  explainEntry,
  FAULT_NAMES,
  faultOf,
  gradeQuiz,
  gradientCheck,
  outputsOf,
  resizeNetwork,
  sampleOf,
  studyTrace,
  traceNetwork,
  training,
} from "nabla";
