/** The user's settings (schema/panel.json): what a panel begins with. What the user chooses in the panel goes first. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import type { TraceStore } from "../trace/store.js";

export interface Preferences {
  /** The projector follows presentation mode. */
  projector: boolean;
}

/** Resolves when the settings are applied; without a registry, or with a broken one, the defaults hold. */
export async function applySettings(
  registry: ISettingRegistry | null,
  id: string,
  store: TraceStore,
  preferences: Preferences,
): Promise<void> {
  const settings = await registry?.load(id).catch(() => undefined);
  if (!settings) return;
  const apply = (): void => {
    const { layout, shapes, pace, projector } = settings.composite as Record<string, unknown>;
    preferences.projector = projector !== false;
    store.dispatch({
      type: "prefer",
      ...(layout === "numerator" || layout === "denominator" ? { layout } : {}),
      ...(typeof shapes === "boolean" ? { shapes } : {}),
      ...(typeof pace === "number" ? { pace } : {}),
    });
  };
  apply();
  settings.changed.connect(apply);
}
