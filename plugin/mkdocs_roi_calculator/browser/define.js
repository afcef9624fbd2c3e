// Makes `<roi-calculator>` and `<roi-embed>` live wherever they appear.

import { RoiCalculatorElement } from "./calculator/element.js";
import { RoiEmbedElement } from "./embed/button.js";
import { offerToTakeAway } from "./handover/take-away.js";
import { runtime } from "./python/runtime.js";

/** Opens the numbers that an address has behind its sharp; what does that is fetched then. */
async function openLink() {
  const link = location.hash.slice(1);
  if (!/(^|&)v=/.test(link)) return;
  try {
    const { openLink: open } = await import("./handover/open-link.js");
    await open(link, runtime, async (...change) => {
      const { changeCurrency } = await import("./embed/currency.js");
      return changeCurrency(...change);
    });
  } catch (error) {
    console.error("roi-calculator:", error);
  }
}

if (!customElements.get("roi-calculator")) {
  document.addEventListener("roi-calculator:connected", openLink);
  addEventListener("hashchange", openLink);
  customElements.define("roi-calculator", RoiCalculatorElement);
  customElements.define("roi-embed", RoiEmbedElement);
  offerToTakeAway(runtime);
}
