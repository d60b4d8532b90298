/** The engine inside the panel, loaded when it is first needed: stand-alone traces and entries written out. */
import type {
  EntryExplanation,
  FaultName,
  GradientCheck,
  Layout,
  NetworkConfig,
  NetworkSize,
  QuizItem,
  QuizVerdict,
  TraceDocument,
  TraceStudy,
} from "nabla";
import type { Entry } from "./matrix.js";

const engine = (): Promise<typeof import("./network.js")> => import("./network.js");

/** The trace of a network, the demo network by default: the same engine and numbers as a notebook's, with no kernel. */
export async function traceOf(config: NetworkConfig = {}): Promise<TraceDocument> {
  const { traceNetwork } = await engine();
  return traceNetwork(config);
}

/** The network of a trace, to be changed; undefined when it is no two-layer network. */
export async function configOf(trace: TraceDocument): Promise<NetworkConfig | undefined> {
  return (await engine()).configOf(trace);
}

/** A network with every number that it takes from the demo network written out. */
export async function completed(config: NetworkConfig): Promise<NetworkConfig> {
  return (await configOf(await traceOf(config))) ?? config;
}

/** The network with other sizes: what fits is kept, what is new is filled. */
export async function resized(config: NetworkConfig, size: NetworkSize): Promise<NetworkConfig> {
  return (await engine()).resizeNetwork(config, size);
}

/** The trace of one sample of a batch, from 0, by itself; undefined when it is no two-layer network. */
export async function traceOfSample(trace: TraceDocument, sample: number): Promise<TraceDocument | undefined> {
  const { configOf: config, sampleOf, traceNetwork } = await engine();
  const whole = config(trace);
  return whole && traceNetwork({ ...sampleOf(whole, sample), id: trace.id, revision: trace.revision });
}

/** The steps of a trace, each studied when it is asked for. */
export async function study(trace: TraceDocument): Promise<TraceStudy> {
  return (await engine()).studyTrace(trace);
}

/** Whether an answer to a question about a step is right. */
export async function grade(item: QuizItem, given: string): Promise<QuizVerdict> {
  return (await engine()).gradeQuiz(item, given);
}

/** One entry of a tensor as a sum of products, its place written in the layout that is looked at. */
export async function explain(trace: TraceDocument, layout: Layout, entry: Entry): Promise<EntryExplanation> {
  const { explainEntry } = await engine();
  const tensor = trace.tensors[entry.tensor];
  if (!tensor) throw new RangeError(`the trace has no tensor ${entry.tensor}`);
  const inLayout = { ...trace, conventions: { ...trace.conventions, layout } };
  return explainEntry(inLayout, tensor.madeBy, entry.tensor, entry.row, entry.col);
}

/** Every gradient of a trace's network three ways; undefined when it is no two-layer network. */
export async function checkOf(trace: TraceDocument, fault?: FaultName): Promise<GradientCheck | undefined> {
  const { configOf: config, gradientCheck } = await engine();
  const network = config(trace);
  return network && gradientCheck(network, fault ? { fault } : {});
}

/** A mistake that can be put into a backward pass. */
export interface Fault {
  readonly name: FaultName;
  readonly title: string;
  readonly sentence: string;
}

export async function faults(): Promise<readonly Fault[]> {
  const { FAULT_NAMES, faultOf } = await engine();
  return FAULT_NAMES.map(faultOf);
}

/** What a training needs of the engine. */
export type Trainer = Pick<typeof import("./network.js"), "training" | "outputsOf">;

export async function trainer(): Promise<Trainer> {
  const { training, outputsOf } = await engine();
  return { training, outputsOf };
}
