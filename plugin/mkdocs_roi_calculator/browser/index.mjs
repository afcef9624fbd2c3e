// The one script of a site: makes `<roi-calculator>` live wherever it appears.

import { RoiCalculatorElement } from "./element.mjs";

if (!customElements.get("roi-calculator")) {
  customElements.define("roi-calculator", RoiCalculatorElement);
}
