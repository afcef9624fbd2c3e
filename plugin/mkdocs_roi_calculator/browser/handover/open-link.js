// Opens a link to numbers: Python reads it, the form is filled as if somebody typed, and the page
// says whose numbers these are. Fetched only where an address has such a link.

/** @import {Runtime} from "../python/runtime.js" */
/** @import {Linked} from "../python/protocol.js" */

import { definitionOf, nameOf } from "../calculator/blocks.js";
import { enterAgain, fieldsOf, isChanged, textsOf } from "../calculator/fields.js";
import { remembered } from "../calculator/tab-memory.js";
import { fetchedPack, styled } from "./fetching.js";
import { forgetMonths, keepMonths, monthsKey } from "./months.js";
import { forgetNotes, keepNotes } from "./typed.js";

/**
 * How a page changes a calculator's currency.
 * @typedef {(block: Element, code: string, language: string) => Promise<boolean>} ChangeCurrency
 */

/** What is shown of a link, by the place of its calculator. @type {Map<string, Linked>} */
const shown = new Map();
/** The link that a calculator was asked last to open. @type {WeakMap<Element, string>} */
const asked = new WeakMap();
/** How a calculator's page changes its currency. @type {WeakMap<Element, ChangeCurrency>} */
const changes = new WeakMap();
/** The currency that a calculator's page was built in. @type {WeakMap<Element, string>} */
const currencies = new WeakMap();

/** @param {HTMLElement} block */
const placeOf = (block) => `${location.pathname}#${block.dataset.block}`;

/**
 * The name that its author gave a calculator: its key, without the page's part of it.
 * @param {HTMLElement} block
 */
const idOf = ({ dataset }) => dataset.block?.replace(/^[\da-f]+-(?!\d+$)/, "") ?? "";

/**
 * Opens the link in an address, in the calculator that it names, else in the first of its kind.
 * @param {string} link behind the sharp
 * @param {Runtime} runtime that answers the page's calculators
 * @param {ChangeCurrency} changeCurrency of that page
 */
export async function openLink(link, runtime, changeCurrency) {
  const blocks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("roi-calculator")]);
  const head = link.split("&")[0] ?? "";
  const name = head.includes("=") ? "" : decoded(head);
  const block =
    blocks.find((each) => name && idOf(each) === name) ??
    blocks.find((each) => !name || each.getAttribute("calculator") === name) ??
    blocks[0];
  if (!block || asked.get(block) === link) return;
  asked.set(block, link);
  changes.set(block, changeCurrency);
  document.addEventListener("roi-calculator:connected", showAgain);
  try {
    await open(block, link, runtime);
  } catch (error) {
    asked.delete(block);
    throw error;
  }
}

/**
 * Shows again what a page showed that was drawn anew, as Material does for the first link to a place
 * within it.
 * @param {Event} event of the new calculator
 */
function showAgain({ target: block }) {
  if (!(block instanceof HTMLElement)) return;
  const numbers = shown.get(placeOf(block));
  if (!numbers || block.hasAttribute("linked")) return;
  if (fieldsOf(block).some(isChanged)) show(block, numbers);
  else shown.delete(placeOf(block));
}

/**
 * @param {HTMLElement} block
 * @param {string} link
 * @param {Runtime} runtime
 */
async function open(block, link, runtime) {
  const language = block.getAttribute("language") ?? "";
  const look = styled("./link.css");
  const base = baseOf(block);
  await fetchedPack(runtime, language);
  const reply = await runtime.evaluate({
    calculator: block.getAttribute("calculator") ?? "",
    definition: "",
    ...definitionOf(block),
    language,
    ...base,
    block: idOf(block),
    link,
  });
  await look;
  if (asked.get(block) !== link) return;
  if (!reply.ok) {
    putNotice(block, reply.notice);
    return;
  }
  await changeTo(block, reply.currency, language);
  show(block, reply);
  enterAgain(block, reply.texts);
  keepNotes(reply.notes);
  keepMonths(monthsKey(block), reply.months);
  block.dispatchEvent(new Event("change", { bubbles: true }));
  block.scrollIntoView();
}

/**
 * What a link lies beside: what the reader entered, here or as the tab remembers it, or the example.
 * @param {HTMLElement} block
 * @returns {{values: Record<string, string>, currency: string, own: boolean}}
 */
function baseOf(block) {
  const currency = currencies.get(block) ?? block.getAttribute("currency") ?? "";
  currencies.set(block, currency);
  if (!block.hasAttribute("linked") && fieldsOf(block).some(isChanged)) {
    return { values: textsOf(block), currency, own: true };
  }
  const kept = remembered().find(({ place }) => place === placeOf(block));
  const isSpokenHere = kept?.language === block.getAttribute("language");
  if (kept && isSpokenHere && kept.currency === currency) {
    return { values: kept.values, currency, own: true };
  }
  return { values: exampleOf(block), currency, own: false };
}

/**
 * @param {Element} block
 * @returns {Record<string, string>} what the page was built with, by field
 */
const exampleOf = (block) =>
  Object.fromEntries(
    fieldsOf(block).map((field) => [
      nameOf(field),
      field instanceof HTMLInputElement
        ? field.defaultValue
        : ([...field.options].find(({ defaultSelected }) => defaultSelected)?.value ?? ""),
    ]),
  );

/**
 * @param {HTMLElement} block
 * @param {string} currency
 * @param {string} language
 */
async function changeTo(block, currency, language) {
  await changes.get(block)?.(block, currency, language);
  // Amounts in another currency would be another claim.
  if (block.getAttribute("currency") !== currency) throw new Error(`no names of ${currency}`);
}

/**
 * Says whose numbers stand in a form, until its reader goes back to the example.
 * @param {HTMLElement} block
 * @param {Linked} numbers
 */
function show(block, numbers) {
  shown.set(placeOf(block), numbers);
  const { notice, beside } = numbers;
  putNotice(block, notice);
  block.querySelector(".roi-link-beside")?.remove();
  const [table] = elementsOf(beside);
  const answer = block.querySelector(".roi-main") ?? block.querySelector(".roi-lead");
  if (table) answer?.after(table);
  if (block.hasAttribute("linked")) return;
  // The tab keeps what a reader entered: of a link only what was changed in it (element.js).
  block.setAttribute("linked", "as-sent");
  const left = new AbortController();
  const { signal } = left;
  const changed = () => block.setAttribute("linked", "changed");
  block.addEventListener("input", changed, { signal });
  block.addEventListener("reset", () => leave(block, left), { signal });
  block.addEventListener(
    "click",
    ({ target }) => {
      if (!(target instanceof Element && target.closest(".roi-link-back"))) return;
      block.querySelector("form")?.reset();
      fieldsOf(block)[0]?.focus({ preventScroll: true }); // the button is gone
    },
    { signal },
  );
}

/**
 * The form has its example again.
 * @param {HTMLElement} block
 * @param {AbortController} listening
 */
function leave(block, listening) {
  listening.abort();
  asked.delete(block);
  const came = shown.get(placeOf(block));
  if (came) {
    forgetNotes(came.notes);
    forgetMonths(monthsKey(block), came.months);
  }
  shown.delete(placeOf(block));
  for (const part of block.querySelectorAll(":is(.roi-link-notice, .roi-link-beside)"))
    part.remove();
  const { href } = location;
  history.replaceState(history.state, "", href.split("#")[0]);
  // Until that is answered: what the reader had entered before stays in the tab.
  const forget = () => queueMicrotask(() => block.removeAttribute("linked"));
  block.addEventListener("roi-calculator:result", forget, { once: true });
  const currency = currencies.get(block);
  if (currency && currency !== block.getAttribute("currency")) {
    const language = block.getAttribute("language") ?? "";
    changeTo(block, currency, language).catch((error) => console.error("roi-calculator:", error));
  }
}

/**
 * @param {HTMLElement} block
 * @param {string} html
 */
function putNotice(block, html) {
  block.querySelector(".roi-link-notice")?.remove();
  const [notice] = elementsOf(html);
  if (notice) block.querySelector(".roi-title")?.after(notice);
}

/**
 * @param {string} html escaped by construction in roi_calc/showing/html.py
 * @returns {Element[]}
 */
function elementsOf(html) {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return [...holder.children];
}

/** @param {string} text of an address */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
