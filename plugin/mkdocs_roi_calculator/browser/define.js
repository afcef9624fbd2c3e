// Makes `<roi-calculator>` and `<roi-embed>` live wherever they appear.

import { RoiCalculatorElement } from "./calculator/element.js";
import { RoiEmbedElement } from "./embed/button.js";

if (!customElements.get("roi-calculator")) {
  customElements.define("roi-calculator", RoiCalculatorElement);
  customElements.define("roi-embed", RoiEmbedElement);
}
