/**
 * What the panel shows, as data, and every way it changes. No DOM and no Jupyter: the widgets draw a state and send
 * actions. A step is kept by its id when the document changes, so that a cell run again stays where the class is.
 */
import type { Conventions, Layout, TraceDocument } from "nabla";
import { type History, NO_HISTORY } from "../setup/history.js";
import type { Entry } from "./matrix.js";

/** Where the document comes from: the notebook's kernel, an earlier state of it, or the engine in the panel. */
export type Status = "live" | "stale" | "stand-alone";

/** Something that can be shown: a trace of a kernel, or the panel's own network. */
export interface Source {
  readonly key: string;
  readonly label: string;
}

export interface PanelState {
  readonly document?: TraceDocument;
  readonly status: Status;
  /** One sentence about the source or about what went wrong; empty when there is nothing to say. */
  readonly notice: string;
  /** Position in `document.steps`. */
  readonly step: number;
  readonly layout: Layout;
  readonly playing: boolean;
  /** Seconds that a step stays while playing. */
  readonly pace: number;
  readonly selected?: Entry;
  readonly shapes: boolean;
  /** The entry stays explained while others are visited. */
  readonly pinned: boolean;
  /** A sample of the batch that is shown by itself, with its own trace. */
  readonly sample?: Sample;
  /** The revision before the one that is shown, of the same network. */
  readonly previous?: TraceDocument;
  /** Differences to the revision before are shown. */
  readonly compare: boolean;
  /** Steps are asked for before they are shown. */
  readonly quiz: boolean;
  /** One step fills the window, for a class. */
  readonly projector: boolean;
  /** The tab in front. */
  readonly tab: string;
  /** Of the network that is shown; another network begins without one. */
  readonly history: History;
  readonly sources: readonly Source[];
  /** Key of the source that is shown. */
  readonly source: string;
}

export interface Sample {
  /** From 0. */
  readonly index: number;
  /** Of that sample alone; absent while it is computed. */
  readonly document?: TraceDocument;
  /** The whole that it is a sample of. */
  readonly of: TraceDocument;
}

export type Action =
  | {
      readonly type: "show";
      readonly document: TraceDocument;
      readonly status: Status;
      readonly notice?: string;
      /** With a document that the user's own change has made. */
      readonly history?: History;
    }
  | { readonly type: "status"; readonly status: Status; readonly notice?: string }
  | { readonly type: "notice"; readonly notice: string }
  | { readonly type: "history"; readonly history: History }
  | { readonly type: "sources"; readonly sources: readonly Source[]; readonly chosen: string }
  | { readonly type: "restore"; readonly step?: number; readonly layout?: Layout; readonly tab?: string }
  | { readonly type: "prefer"; readonly layout?: Layout; readonly shapes?: boolean; readonly pace?: number }
  | { readonly type: "tab"; readonly id: string }
  | { readonly type: "go"; readonly to: number | "first" | "back" | "next" | "last" }
  | { readonly type: "step"; readonly id: string }
  | { readonly type: "layout"; readonly layout?: Layout }
  | { readonly type: "play"; readonly on?: boolean }
  | { readonly type: "tick" }
  | { readonly type: "pace"; readonly seconds: number }
  | { readonly type: "faster" | "slower" }
  | { readonly type: "shapes" | "compare" | "quiz" }
  | { readonly type: "projector"; readonly on?: boolean }
  | { readonly type: "sample"; readonly sample?: Sample }
  | { readonly type: "select"; readonly entry?: Entry }
  | { readonly type: "pin"; readonly entry: Entry };

export const initialState: PanelState = Object.freeze({
  status: "stand-alone",
  notice: "",
  step: 0,
  layout: "denominator",
  playing: false,
  pace: 2,
  shapes: true,
  pinned: false,
  compare: false,
  quiz: false,
  projector: false,
  tab: "trace",
  history: NO_HISTORY,
  sources: [],
  source: "",
});

export const otherLayout = (layout: Layout): Layout => (layout === "denominator" ? "numerator" : "denominator");

export function reduce(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case "show":
      return show(state, action);
    case "status":
      return { ...state, status: action.status, notice: action.notice ?? "" };
    case "notice":
      return { ...state, notice: action.notice };
    case "history":
      return { ...state, history: action.history };
    case "sources": {
      const same = JSON.stringify(state.sources) === JSON.stringify(action.sources);
      if (same && state.source === action.chosen) return state;
      return { ...state, sources: same ? state.sources : action.sources, source: action.chosen };
    }
    case "restore":
      return restore(state, action);
    case "prefer": {
      const { type: _, ...preferred } = action;
      return { ...state, ...preferred };
    }
    case "tab":
      return state.tab === action.id ? state : { ...state, tab: action.id, playing: false };
    case "go":
      return goTo(state, target(state, action.to));
    case "step": {
      const found = state.document?.steps.findIndex((step) => step.id === action.id) ?? -1;
      return found < 0 ? state : goTo(state, found);
    }
    case "layout":
      return { ...state, layout: action.layout ?? otherLayout(state.layout) };
    case "play":
      return play(state, action.on ?? !state.playing);
    case "tick":
      return tick(state);
    case "pace":
      return { ...state, pace: action.seconds };
    case "faster":
    case "slower":
      return { ...state, pace: nextPace(state.pace, action.type === "faster" ? 1 : -1) };
    case "shapes":
      return { ...state, shapes: !state.shapes };
    case "compare":
      return { ...state, compare: !state.compare };
    case "quiz":
      return { ...state, quiz: !state.quiz, playing: false, tab: "trace" };
    case "projector":
      return { ...state, projector: action.on ?? !state.projector, tab: "trace" };
    case "sample": {
      const { sample: _, ...rest } = state;
      return action.sample ? { ...rest, sample: action.sample } : rest;
    }
    case "select":
      // A pinned entry gives way to leaving (no entry) only.
      return state.pinned && action.entry ? state : select(state, action.entry);
    case "pin":
      return { ...select(state, action.entry), pinned: true };
  }
}

/** Seconds per step while playing, from slow to fast. */
export const PACES: readonly number[] = [4, 2, 1];

const nextPace = (pace: number, by: number): number =>
  PACES[Math.max(0, Math.min(PACES.indexOf(pace) + by, PACES.length - 1))] ?? pace;

/** In front of a class three decimals, whatever else is chosen. */
export const digitsOf = ({ projector, document }: PanelState): Conventions["digits"] =>
  projector ? 3 : (document?.conventions.digits ?? 3);

/** The trace that steps are drawn from: the document, or a sample of it by itself. */
export const shownTrace = ({ document, sample }: PanelState): TraceDocument | undefined =>
  (sample?.of === document && sample?.document) || document;

/** The revision that differences are shown to. */
export const comparedWith = (state: PanelState): TraceDocument | undefined =>
  state.compare && shownTrace(state) === state.document ? state.previous : undefined;

function show(state: PanelState, { document, status, notice, history }: Extract<Action, { type: "show" }>): PanelState {
  const before = state.document;
  const id = before?.steps[state.step]?.id;
  const kept = id === undefined ? state.step : document.steps.findIndex((step) => step.id === id);
  const sameObject = before?.id === document.id;
  const { selected: _, previous: __, ...rest } = state;
  const previous = sameObject && before !== document ? before : state.previous;
  const keepsSelection = state.selected && sameObject && state.selected.tensor in document.tensors;
  return {
    ...rest,
    ...(keepsSelection ? { selected: state.selected } : { pinned: false }),
    ...(previous?.id === document.id ? { previous } : {}),
    document,
    status,
    notice: notice ?? "",
    history: history ?? NO_HISTORY,
    step: clamp(kept, document),
    layout: before === undefined || sameObject ? state.layout : document.conventions.layout,
    playing: state.playing && sameObject,
  };
}

/** A place remembered from before a reload; it counts only while nothing has been shown. */
function restore(state: PanelState, { step, layout, tab }: Extract<Action, { type: "restore" }>): PanelState {
  if (state.document) return state;
  return {
    ...state,
    step: Math.max(0, Math.round(step ?? state.step)),
    layout: layout ?? state.layout,
    tab: tab ?? state.tab,
  };
}

const clamp = (step: number, document: TraceDocument): number => Math.max(0, Math.min(step, document.steps.length - 1));

function target(state: PanelState, to: Extract<Action, { type: "go" }>["to"]): number {
  if (typeof to === "number") return to;
  const last = (state.document?.steps.length ?? 1) - 1;
  return { first: 0, back: state.step - 1, next: state.step + 1, last }[to];
}

function goTo(state: PanelState, step: number): PanelState {
  if (!state.document || !Number.isFinite(step)) return state;
  const { selected: _, ...rest } = state;
  return { ...rest, pinned: false, step: clamp(Math.round(step), state.document), playing: false };
}

function play(state: PanelState, on: boolean): PanelState {
  const atEnd = state.document !== undefined && state.step === state.document.steps.length - 1;
  return { ...state, playing: on && state.document !== undefined, step: on && atEnd ? 0 : state.step };
}

/** One beat of playing: the next step, and a stop at the last. */
function tick(state: PanelState): PanelState {
  if (!state.playing || !state.document) return state;
  const last = state.document.steps.length - 1;
  const moved = goTo(state, state.step + 1);
  return { ...moved, playing: moved.step < last };
}

function select(state: PanelState, entry: Entry | undefined): PanelState {
  const { selected: _, ...rest } = state;
  return entry ? { ...rest, selected: entry } : { ...rest, pinned: false };
}
