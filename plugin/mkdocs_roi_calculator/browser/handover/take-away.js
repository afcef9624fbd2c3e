// Where a reader takes an answer away, or counts a number from a file. Few do, so what does it is
// fetched then.

/** @import {Runtime} from "../python/runtime.js" */

/**
 * Opens the dialog of whichever calculator's link is used, from now on.
 * @param {Runtime} runtime that answers them
 */
export function offerToTakeAway(runtime) {
  document.addEventListener(
    "click",
    (event) => {
      const link = linkToTake(event);
      if (!link) return;
      (link.matches(".roi-count") ? import("./count-dialog.js") : import("./dialog.js"))
        .then(({ open }) => open(link, runtime, (sentence) => tellFailed(link, sentence)))
        .catch(() => tellFailed(link));
    },
    true,
  );
}

/**
 * The link that takes an answer away, or the button that counts, if a click is on it and asks for no
 * other window. To be asked before others hear of the click: Material's instant navigation would draw
 * the page anew.
 * @param {MouseEvent} event
 * @returns {HTMLElement | undefined}
 */
function linkToTake(event) {
  const link =
    event.target instanceof Element ? event.target.closest(".roi-take-away, .roi-count") : null;
  const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!(link instanceof HTMLElement) || isElsewhere) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return link;
}

/**
 * Says beside the link that it could not be done.
 * @param {HTMLElement} link
 * @param {string} [sentence] what else; empty for nothing
 */
function tellFailed(link, sentence = link.dataset.failed ?? "") {
  const place = link.parentElement?.querySelector(".roi-away-failed");
  if (place) place.textContent = sentence;
}
