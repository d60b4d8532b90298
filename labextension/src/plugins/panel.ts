/**
 * The side panel in the application: commands, palette, launcher, restored layout, remembered step. Only the notebook
 * tracker is required, so that the same plugin runs in JupyterLab and in Notebook 7.
 */
import { ILayoutRestorer, IRouter, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { ILauncher } from "@jupyterlab/launcher";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ILatexTypesetter } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { IStateDB } from "@jupyterlab/statedb";
import { ITranslator, nullTranslator, type TranslationBundle } from "@jupyterlab/translation";
import { commands } from "../commands.js";
import { nablaIcon } from "../icons.js";
import { NotebookFollower } from "../live/follow.js";
import { LargeView } from "../panel/large.js";
import { PANEL_ID, TracePanel } from "../panel/panel.js";
import { NetworkEditor } from "../setup/editor.js";
import type { Action } from "../trace/state.js";
import { TraceStore } from "../trace/store.js";
import { validateTrace } from "../trace/validate.js";
import { createTypeset } from "../view/typeset.js";
import { followLinks } from "./link.js";
import { followPresentation } from "./presentation.js";
import { rememberPlace } from "./remember.js";
import { applySettings, type Preferences } from "./settings.js";

export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: "jupyterlab-nabla:panel",
  description: "A side panel that steps through backpropagation.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ILatexTypesetter,
    ICommandPalette,
    ILauncher,
    ILayoutRestorer,
    IStateDB,
    ITranslator,
    ISettingRegistry,
    IRouter,
  ],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    typesetter: ILatexTypesetter | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    translator: ITranslator | null,
    settings: ISettingRegistry | null,
    router: IRouter | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("jupyterlab_nabla");
    const store = new TraceStore();
    const follower = new NotebookFollower(tracker, store, trans);
    const editor = new NetworkEditor(store, trans, () => follower.holder);
    const panel = new TracePanel(store, {
      trans,
      typeset: createTypeset(typesetter),
      editor,
      openLarge: () => void app.commands.execute(commands.large),
      choose: (key) => follower.choose(key),
      address: new URL("lab", app.serviceManager.serverSettings.baseUrl).href,
    });
    panel.title.icon = nablaIcon;
    const preferences: Preferences = { projector: true };
    const preferred = applySettings(settings, "jupyterlab-nabla:panel", store, preferences);
    const remembered = preferred.then(() => (state ? rememberPlace(store, state, app.restored) : undefined));
    panel.firstSeen.connect(() => void remembered.then(() => follower.start()));

    addCommands(app, panel, store, follower, trans);
    addViewCommands(app, panel, store);
    if (router) followLinks(app, router, { store, editor, trans });
    for (const command of [commands.open, commands.large, commands.projector, commands.quiz])
      palette?.addItem({ command, category: "Nabla" });
    followPresentation(app.shell, panel, store, () => preferences.projector);
    launcher?.add({ command: commands.open, category: trans.__("Other"), rank: 40 });
    app.shell.add(panel, "right", { rank: 900, type: "Nabla" });
    restorer?.add(panel, PANEL_ID);
  },
};

const NO_ARGUMENTS = { args: { type: "object", properties: {} } } as const;

function addCommands(
  app: JupyterFrontEnd,
  panel: TracePanel,
  store: TraceStore,
  follower: NotebookFollower,
  trans: TranslationBundle,
): void {
  const reveal = (): void => {
    if (!panel.isAttached) app.shell.add(panel, "right", { rank: 900 });
    app.shell.activateById(panel.id);
  };
  app.commands.addCommand(commands.open, {
    label: trans.__("Backprop trace"),
    caption: trans.__("Step through the forward and backward pass of a network"),
    icon: nablaIcon,
    describedBy: NO_ARGUMENTS,
    execute: reveal,
  });
  app.commands.addCommand(commands.show, {
    label: trans.__("Show a trace in the panel"),
    describedBy: { args: { type: "object", properties: { document: { type: "object" } }, required: ["document"] } },
    execute: (args) => {
      reveal();
      const validated = validateTrace(args.document);
      if ("problem" in validated) return store.dispatch({ type: "notice", notice: validated.problem });
      follower.pick(validated.document, trans.__("From the notebook's output."));
    },
  });
  const add = (id: string, label: string, action: Action): void => {
    app.commands.addCommand(id, { label, describedBy: NO_ARGUMENTS, execute: () => store.dispatch(action) });
  };
  add(commands.back, trans.__("Backprop trace: step back"), { type: "go", to: "back" });
  add(commands.next, trans.__("Backprop trace: next step"), { type: "go", to: "next" });
  add(commands.first, trans.__("Backprop trace: first step"), { type: "go", to: "first" });
  add(commands.last, trans.__("Backprop trace: last step"), { type: "go", to: "last" });
  add(commands.play, trans.__("Backprop trace: play or pause"), { type: "play" });
  add(commands.layout, trans.__("Backprop trace: switch the layout"), { type: "layout" });
  add(commands.faster, trans.__("Backprop trace: play faster"), { type: "faster" });
  add(commands.slower, trans.__("Backprop trace: play slower"), { type: "slower" });
  add(commands.compare, trans.__("Backprop trace: differences to the revision before"), { type: "compare" });
}

/** What is shown in another place or another way: all steps large, the projector, the quiz. */
function addViewCommands(app: JupyterFrontEnd, panel: TracePanel, store: TraceStore): void {
  const { trans } = panel.context;
  let large: LargeView | undefined;
  app.commands.addCommand(commands.large, {
    label: trans.__("Backprop trace: all steps large"),
    icon: nablaIcon,
    describedBy: NO_ARGUMENTS,
    execute: () => {
      void app.commands.execute(commands.open);
      if (!large || large.isDisposed) large = new LargeView(store, panel.context);
      if (!large.isAttached) app.shell.add(large, "main");
      app.shell.activateById(large.id);
    },
  });
  const inPanel = (id: string, label: string, type: "projector" | "quiz"): void => {
    app.commands.addCommand(id, {
      label,
      describedBy: NO_ARGUMENTS,
      execute: async () => {
        if (!panel.isVisible) await app.commands.execute(commands.open);
        store.dispatch({ type });
      },
    });
  };
  inPanel(commands.projector, trans.__("Backprop trace: projector"), "projector");
  inPanel(commands.quiz, trans.__("Backprop trace: quiz"), "quiz");
}
