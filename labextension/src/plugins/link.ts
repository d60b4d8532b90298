/** A link to a network: the application's router finds it in the address, and the panel opens at it. */
import type { IRouter, JupyterFrontEnd } from "@jupyterlab/application";
import type { TranslationBundle } from "@jupyterlab/translation";
import { commands } from "../commands.js";
import { LINK_PATTERN, readLink } from "../exchange/permalink.js";
import type { NetworkEditor } from "../setup/editor.js";
import type { TraceStore } from "../trace/store.js";

export function followLinks(
  app: JupyterFrontEnd,
  router: IRouter,
  { store, editor, trans }: { store: TraceStore; editor: NetworkEditor; trans: TranslationBundle },
): void {
  app.commands.addCommand(commands.link, {
    label: trans.__("Open the network of a link"),
    describedBy: { args: { type: "object", properties: { request: { type: "string" } } } },
    execute: async (args) => {
      const linked = readLink(String(args.request ?? ""), trans);
      if (!linked) return;
      router.navigate(router.current.request.replace(LINK_PATTERN, ""), { skipRouting: true });
      await app.restored;
      if ("problem" in linked) {
        await app.commands.execute(commands.open);
        store.dispatch({ type: "notice", notice: linked.problem });
      } else if (await editor.open(linked.config)) {
        store.dispatch({ type: "layout", layout: linked.layout });
        store.dispatch({ type: "step", id: linked.step });
        store.dispatch({ type: "tab", id: "trace" });
        await app.commands.execute(commands.open);
      }
    },
  });
  router.register({ command: commands.link, pattern: LINK_PATTERN });
}
