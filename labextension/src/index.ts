/** The plugins of the extension. */
import { panelPlugin } from "./plugins/panel.js";
import { derivationPlugin, plotPlugin, traceOutputPlugin } from "./plugins/renderers.js";

export default [panelPlugin, derivationPlugin, traceOutputPlugin, plotPlugin];
