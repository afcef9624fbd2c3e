// What a calculator says in the page's text: live values, whose numbers they are, and links to it.

import { blockOf } from "./blocks.js";

/**
 * The live values in the page's text that belong to a calculator.
 * @param {HTMLElement} block
 */
export const liveValuesOf = (block) => inText(block, "roi-value");

/**
 * Has the page's text say new values.
 * @param {HTMLElement} block
 * @param {Element[]} live
 * @param {(string | undefined)[]} texts one for each; undefined leaves what stands there
 * @param {boolean} isOwn whether they come of the reader's own numbers
 */
export function follow(block, live, texts, isOwn) {
  live.forEach((value, index) => {
    const text = texts[index];
    if (text === undefined) return;
    if (value.textContent !== text) value.textContent = text;
    value.toggleAttribute("own", isOwn);
  });
  for (const origin of inText(block, "roi-origin")) {
    const [example, own] = /** @type {HTMLElement[]} */ ([...origin.children]);
    if (example) example.hidden = isOwn;
    if (own) own.hidden = !isOwn;
  }
}

/**
 * The text's own way back to the example, and its links to the form where their address is lost.
 * @param {HTMLElement} block
 * @param {Event} event a click anywhere in the page
 */
export function clickInText(block, event) {
  const clicked = event.target instanceof Element ? event.target.closest("[data-block]") : null;
  if (!clicked || blockOf(clicked) !== block) return;
  if (clicked instanceof HTMLAnchorElement) {
    if (document.getElementById(clicked.hash.slice(1))) return;
    event.preventDefault();
    block.scrollIntoView();
  } else if (/** @type {Element} */ (event.target).closest(".roi-back")) {
    block.querySelector("form")?.reset();
    clicked.querySelector("a")?.focus({ preventScroll: true });
  }
}

/**
 * @param {HTMLElement} block
 * @param {"roi-value" | "roi-origin"} tag
 */
function inText(block, tag) {
  const named = document.querySelectorAll(`${tag}[data-block="${block.dataset.block}"]`);
  return [...named].filter((each) => blockOf(each) === block);
}
