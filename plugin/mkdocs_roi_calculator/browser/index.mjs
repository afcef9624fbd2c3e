// The one script of a site: makes `<roi-calculator>` live wherever it appears.

// Needed further in: named here, they are all fetched at once and not one after the other.
import "./memory.mjs";
import "./release.mjs";
import "./runtime.mjs";
import { RoiCalculatorElement } from "./element.mjs";

if (!customElements.get("roi-calculator")) {
  customElements.define("roi-calculator", RoiCalculatorElement);
}
