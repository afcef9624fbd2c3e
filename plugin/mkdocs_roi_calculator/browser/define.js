// Makes `<roi-calculator>` and `<roi-embed>` live wherever they appear.

import { linkToTake, tellFailed } from "./calculator/blocks.js";
import { RoiCalculatorElement } from "./calculator/element.js";
import { RoiEmbedElement } from "./embed/button.js";
import { runtime } from "./python/runtime.js";

if (!customElements.get("roi-calculator")) {
  customElements.define("roi-calculator", RoiCalculatorElement);
  customElements.define("roi-embed", RoiEmbedElement);
  // Few readers take an answer away, so what does that is fetched then.
  document.addEventListener(
    "click",
    (event) => {
      const link = linkToTake(event);
      if (link) {
        import("./handover/dialog.js")
          .then(({ open }) => open(link, runtime))
          .catch(() => tellFailed(link));
      }
    },
    true,
  );
}
