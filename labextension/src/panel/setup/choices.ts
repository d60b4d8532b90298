/** Sizes, functions and conventions of the network. */
import type { Activation, Loss, TraceDocument } from "nabla";
import { conventionChoices, inForce } from "../../setup/conventions.js";
import type { PanelState } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import { checkField, countField, type Field, type Option, selectField } from "../../view/field.js";
import type { PanelContext, Part } from "../context.js";

/** More units in a layer, or samples, than this cannot be followed on a screen. */
export const LARGEST = 8;

export function choicesPart(context: PanelContext): Part {
  const { trans, editor, dispatch, state } = context;
  const activations: readonly Option<Activation>[] = [
    { value: "sigmoid", words: trans.__("sigmoid") },
    { value: "tanh", words: "tanh" },
    { value: "relu", words: "ReLU" },
    { value: "leaky-relu", words: trans.__("leaky ReLU") },
    { value: "identity", words: trans.__("identity") },
  ];
  const losses: readonly Option<Loss>[] = [
    { value: "cross-entropy", words: trans.__("softmax and cross-entropy") },
    { value: "binary-cross-entropy", words: trans.__("binary cross-entropy") },
    { value: "mse", words: trans.__("squared error") },
  ];
  const size = (label: string, read: (of: TraceDocument["network"]) => number, ask: (count: number) => void) => {
    const field = countField(label, [1, LARGEST], (written) => {
      const count = Number(written);
      if (written !== "" && Number.isInteger(count) && count >= 1 && count <= LARGEST) return ask(count);
      const words = trans.__(
        "%1: a whole number from 1 to %2, got %3.",
        label,
        LARGEST,
        written || trans.__("nothing"),
      );
      dispatch({ type: "notice", notice: words });
      const { document } = state();
      if (document) field.set(read(document.network));
    });
    return { field, read };
  };
  const sizesWith = (at: 0 | 1 | 2, count: number): void => {
    const { document } = state();
    if (!document) return;
    const [n, m, k] = document.network.sizes.map((old, i) => (i === at ? count : old)) as [number, number, number];
    void editor.resize({ sizes: [n, m, k] });
  };
  const sizes = [
    size(
      trans.__("inputs n"),
      ({ sizes: [n] }) => n,
      (count) => sizesWith(0, count),
    ),
    size(
      trans.__("hidden m"),
      ({ sizes: [, m] }) => m,
      (count) => sizesWith(1, count),
    ),
    size(
      trans.__("outputs k"),
      ({ sizes: [, , k] }) => k,
      (count) => sizesWith(2, count),
    ),
    size(
      trans.__("samples N"),
      ({ batch }) => batch,
      (count) => void editor.resize({ batch: count }),
    ),
  ];
  const activation = selectField(
    trans.__("activation φ"),
    activations,
    (value) => void editor.edit({ activation: value }),
  );
  const loss = selectField(trans.__("loss"), losses, (value) => void editor.edit({ loss: value }));
  const bias = checkField(trans.__("bias"), (on) => void editor.edit({ bias: on }));
  const conventions = conventionChoices(trans).map((choice) => ({
    choice,
    field: selectField<unknown>(
      choice.label,
      choice.options,
      (value) => void editor.edit({ conventions: { [choice.key]: value } }),
    ) as Field<unknown>,
  }));
  const group = (title: string, ...fields: HTMLElement[]): HTMLElement =>
    el("fieldset", { class: "jp-nabla-Fields" }, el("legend", {}, title), ...fields);
  const node = el(
    "div",
    {},
    group(trans.__("Sizes"), ...sizes.map(({ field }) => field.node)),
    group(trans.__("Functions"), activation.node, loss.node, bias.node),
    group(trans.__("Conventions"), ...conventions.map(({ field }) => field.node)),
  );

  return {
    node,
    update({ document }: PanelState) {
      if (!document) return;
      const { network } = document;
      for (const { field, read } of sizes) field.set(read(network));
      activation.set(network.activation);
      loss.set(network.loss);
      bias.set(network.bias);
      for (const { choice, field } of conventions) field.set(inForce(choice, document.conventions).now.value);
    },
  };
}
