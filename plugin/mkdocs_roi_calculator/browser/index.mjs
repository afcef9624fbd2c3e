// The one script of a site: makes `<roi-calculator>` and `<roi-embed>` live wherever they appear.

// Needed further in: named here, they are all fetched at once and not one after the other.
import "./memory.mjs";
import "./release.mjs";
import "./runtime.mjs";
import "./workers.mjs";
import { RoiCalculatorElement } from "./element.mjs";
import { RoiEmbedElement } from "./embed-button.mjs";

if (!customElements.get("roi-calculator")) {
  customElements.define("roi-calculator", RoiCalculatorElement);
  customElements.define("roi-embed", RoiEmbedElement);
}
