// The offer of what the reader entered earlier in the tab, where this calculator can use it.

/** @import {Earlier, Reply} from "../python/protocol.js" */

import { nameOf } from "./blocks.js";
import { fieldsOf, unfold } from "./fields.js";
import { forgetAll, remembered } from "./tab-memory.js";

/** @param {Element} block */
const offerOf = (block) => /** @type {HTMLElement | null} */ (block.querySelector(".roi-earlier"));

/**
 * What Python may take over into a form.
 * @param {Element} block
 * @returns {Earlier[]}
 */
export function earlierFor(block) {
  const sources = offerOf(block)?.dataset.sources?.split(" ") ?? [];
  return remembered().filter(({ calculator }) => sources.includes(calculator));
}

/** @param {Element} block */
export function offerEarlier(block) {
  const offer = offerOf(block);
  if (offer) offer.hidden = earlierFor(block).length === 0;
}

/**
 * Fills in what Python took over from earlier forms.
 * @param {Element} block
 * @param {Reply} reply
 */
export function takeOver(block, { taken, said }) {
  for (const field of fieldsOf(block)) {
    const text = taken[nameOf(field)];
    if (text === undefined || text === field.value) continue;
    field.value = text;
    if (text) unfold(field);
  }
  sayInstead(block, said);
}

/**
 * Forgets everything; no calculator of the page offers it any more.
 * @param {Element} block where the reader asked for it
 */
export function forgetEarlier(block) {
  forgetAll();
  const own = offerOf(block);
  for (const offer of document.querySelectorAll(".roi-earlier")) {
    /** @type {HTMLElement} */ (offer).hidden = offer !== own;
  }
  sayInstead(block, own?.dataset.forgotten ?? "");
}

/**
 * Puts a sentence in the place of the offer.
 * @param {Element} block
 * @param {string} sentence
 */
function sayInstead(block, sentence) {
  const said = /** @type {HTMLElement | null} */ (block.querySelector(".roi-earlier-said"));
  if (!said) return;
  said.textContent = sentence;
  said.focus();
  for (const button of said.parentElement?.querySelectorAll("button") ?? []) {
    button.hidden = button.matches(".roi-take") || remembered().length === 0;
  }
}
