/**
 * "Predict the next step": before a step is shown it is asked for: its shape, its formula, one entry. The answer stays
 * hidden until it is given or shown; what was right is counted. The questions and the judgement are the engine's.
 */
import type { QuizItem, QuizVerdict, TraceDocument, TraceStep } from "nabla";
import { grade } from "../trace/engine.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import type { Scene } from "./scene.js";
import { stepHead } from "./step.js";
import { tensorFigure } from "./tensor.js";

interface Answer {
  readonly item: QuizItem;
  readonly given: string;
  readonly verdict: QuizVerdict;
}

export class Quiz {
  /** By step, of the document and layout that are asked about. */
  readonly #answers = new Map<string, readonly Answer[]>();
  readonly #shown = new Set<string>();
  #of: TraceDocument | undefined;

  constructor(
    private readonly context: PanelContext,
    /** A step is to be drawn again: it has been answered or is to be shown. */
    private readonly redraw: () => void,
  ) {}

  /** Whether the step is asked for and not to be shown yet. */
  asks(scene: Scene, step: TraceStep): boolean {
    if (this.#of?.id !== scene.trace.id) this.#forget(scene.trace);
    return this.#items(scene, step).length > 0 && !this.#shown.has(step.id);
  }

  #forget(trace: TraceDocument): void {
    this.#of = trace;
    this.#answers.clear();
    this.#shown.clear();
  }

  #items(scene: Scene, step: TraceStep): readonly QuizItem[] {
    return scene.study?.(step.id)?.quiz[scene.layout] ?? [];
  }

  /** "2 of 3 right", of all that was asked so far. */
  score(): string {
    const all = [...this.#answers.values()].flat();
    const right = all.filter(({ verdict }) => verdict.ok).length;
    return this.context.trans.__("Quiz: %1 of %2 right", right, all.length);
  }

  view(scene: Scene, step: TraceStep): HTMLElement[] {
    const { trans } = this.context;
    const answers = this.#answers.get(step.id) ?? [];
    const items = this.#items(scene, step);
    const done = answers.length === items.length;
    const known = step.operands.filter((name) => !step.results.includes(name));
    const show = el(
      "button",
      {
        class: "jp-nabla-Button jp-nabla-Quiz-show",
        attrs: { type: "button" },
        on: {
          click: () => {
            this.#shown.add(step.id);
            this.redraw();
          },
        },
      },
      done ? trans.__("Show the step") : trans.__("Show the step without an answer"),
    );
    return [
      stepHead({ ...step, rule: "" }),
      el(
        "p",
        { class: "jp-nabla-Quiz-score", attrs: { "data-done": done } },
        trans.__("Predict this step."),
        " ",
        this.score(),
      ),
      el(
        "section",
        { class: "jp-nabla-Figures", attrs: { "aria-label": trans.__("What is known") } },
        ...known.map((name) => tensorFigure(scene, name, this.context)),
      ),
      ...items.slice(0, answers.length + 1).map((item, i) => this.#question(scene, step, item, answers[i])),
      show,
    ];
  }

  #question(scene: Scene, step: TraceStep, item: QuizItem, answer: Answer | undefined): HTMLElement {
    const { trans } = this.context;
    const { label } = scene.trace.tensors[item.tensor]!;
    const input =
      item.kind === "formula"
        ? undefined
        : el("input", {
            class: "jp-nabla-Quiz-input",
            attrs: {
              type: "text",
              size: 10,
              autocomplete: "off",
              disabled: answer !== undefined,
              value: answer?.given,
            },
          });
    const words =
      item.kind === "shape"
        ? trans.__("What is the shape of %1?", label)
        : item.kind === "formula"
          ? trans.__("What is the formula of %1?", label)
          : trans.__("What is %1 [%2,%3]?", label, item.at[0] + 1, item.at[1] + 1);
    if (input) input.setAttribute("aria-label", words);
    const submit = (given: string): void => void this.#answer(step, item, given);
    const form = el(
      "form",
      {
        class: "jp-nabla-Quiz-form",
        attrs: { "data-kind": item.kind },
        on: {
          submit: (event) => {
            event.preventDefault();
            if (input) submit(input.value);
          },
        },
      },
      el("p", {}, words),
      ...(item.kind === "formula"
        ? item.choices.map((choice, i) => this.#choice(choice.latex, i, answer, submit))
        : []),
      input,
      input && !answer
        ? el("button", { class: "jp-nabla-Button", attrs: { type: "submit" } }, trans.__("Answer"))
        : undefined,
      answer && this.#verdict(answer),
    );
    return form;
  }

  #choice(latex: string, at: number, answer: Answer | undefined, submit: (given: string) => void): HTMLElement {
    const { typeset } = this.context;
    const right = answer?.item.kind === "formula" && answer.item.choices[at]?.mistake === undefined;
    const sign = answer ? (right ? "✓ " : answer.given === String(at) ? "✗ " : "") : "";
    return el(
      "button",
      {
        class: "jp-nabla-Button jp-nabla-Quiz-choice",
        attrs: { type: "button", "data-choice": at, disabled: answer !== undefined },
        on: { click: () => submit(String(at)) },
      },
      sign,
      typeset(latex),
    );
  }

  #verdict({ verdict }: Answer): HTMLElement {
    const { trans } = this.context;
    const words = verdict.ok ? trans.__("Right.") : trans.__("Not yet.");
    return el(
      "p",
      { class: "jp-nabla-Quiz-verdict", attrs: { "data-ok": verdict.ok } },
      `${verdict.ok ? "✓" : "✗"} ${words} ${verdict.message}`.trim(),
    );
  }

  async #answer(step: TraceStep, item: QuizItem, given: string): Promise<void> {
    const before = this.#answers.get(step.id) ?? [];
    if (before.some((answer) => answer.item === item)) return;
    const verdict = await grade(item, given);
    // What cannot be read is not counted: the question stands.
    if (given.trim() === "") return this.context.say(verdict.message);
    this.#answers.set(step.id, [...(this.#answers.get(step.id) ?? []), { item, given, verdict }]);
    this.redraw();
    const words = verdict.ok ? this.context.trans.__("Right.") : this.context.trans.__("Not yet.");
    this.context.say(`${words} ${verdict.message} ${this.score()}`);
  }
}
