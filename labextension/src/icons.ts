/** ∇ as an icon that follows the theme. */
import { LabIcon } from "@jupyterlab/ui-components";

const NABLA = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" fill-rule="evenodd" d="M2 4h20L12 21zM7.2 7l5 9 4.6-9z"/>
</svg>`;

export const nablaIcon = new LabIcon({ name: "jupyterlab-nabla:nabla", svgstr: NABLA });
