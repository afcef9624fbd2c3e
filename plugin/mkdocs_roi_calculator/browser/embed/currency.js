// Has an embed page take another currency: form and answer both at once; every number stays as it
// is.

/** @import {FormTexts} from "../python/protocol.js" */

import { definitionOf, nameOf } from "../calculator/blocks.js";
import { fieldsOf } from "../calculator/fields.js";
import { runtime } from "../python/runtime.js";
import { currencyNames } from "./currencies.js";

/**
 * @param {Element} block
 * @param {string} code three letters
 * @param {string} language of the page
 * @returns {Promise<boolean>} whether there is such a currency; true too where that cannot be known
 */
export async function changeCurrency(block, code, language) {
  if (code === block.getAttribute("currency")) return true;
  const names = await currencyNames(language);
  if (!names) {
    console.warn("roi-calculator: the names of currencies could not be read");
    return true;
  }
  if (!Object.hasOwn(names, code)) return false;
  const own = block.getAttribute("language") ?? "";
  runtime.start(own);
  await pythonReady();
  const reply = await runtime.evaluate({
    calculator: block.getAttribute("calculator") ?? "",
    ...definitionOf(block),
    language: own,
    currency: code,
    values: example(block),
    view: block.getAttribute("view") ?? "",
    comparison: "",
    called: names[code] ?? "",
  });
  if (reply.ok && reply.form) take(block, code, reply.form);
  return true;
}

/**
 * Asks for the answer in a currency, and has the form say it with the answer.
 * @param {Element} block
 * @param {string} code
 * @param {FormTexts} form
 */
function take(block, code, form) {
  const shown = new AbortController();
  const show = () => {
    showForm(block, form);
    shown.abort();
  };
  for (const type of ["result", "refused"]) {
    block.addEventListener(`roi-calculator:${type}`, show, { signal: shown.signal });
  }
  block.setAttribute("currency", code);
  block.dispatchEvent(new Event("change"));
}

/** @returns {Promise<void>} */
const pythonReady = () =>
  new Promise((resolve) => {
    const look = () => runtime.state === "ready" && resolve();
    runtime.addEventListener("statechange", look);
    look();
  });

/**
 * @param {Element} block
 * @returns {Record<string, string>} what the page was built with, by field
 */
const example = (block) =>
  Object.fromEntries(
    fieldsOf(block).map((field) => [
      nameOf(field),
      field instanceof HTMLInputElement
        ? field.defaultValue
        : (field.querySelector("[selected]")?.getAttribute("value") ?? ""),
    ]),
  );

/**
 * @param {Element} block
 * @param {FormTexts} texts
 */
function showForm(block, { currency, called, affixes: [before = "", behind = ""], published }) {
  const texts = {
    ".roi-currency": currency,
    ".roi-currency-name": called && ` (${called})`,
    ".roi-before": before,
    ".roi-behind": behind,
  };
  for (const [place, text] of Object.entries(texts)) {
    for (const each of block.querySelectorAll(place)) each.textContent = text;
  }
  for (const place of block.querySelectorAll(".roi-published")) {
    place.innerHTML = published[nameOf(place)] ?? ""; // escaped by construction in roi_calc/showing/html.py
  }
}
