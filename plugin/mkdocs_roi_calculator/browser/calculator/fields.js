// The fields of a calculator: what stands in them, and what is said beside them.

import { nameOf } from "./blocks.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {Element} block */
export const fieldsOf = (block) =>
  /** @type {Field[]} */ ([...block.querySelectorAll(":is(input, select)")]);

/**
 * @param {Element} block
 * @param {string | undefined} name
 */
export const fieldNamed = (block, name) => fieldsOf(block).find((field) => nameOf(field) === name);

/**
 * Whether a field no longer holds what the page was built with.
 * @param {Field} field
 */
export const isChanged = (field) =>
  field instanceof HTMLSelectElement
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;

/**
 * The texts of all fields, by name.
 * @param {Element} block
 * @returns {Record<string, string>}
 */
export const textsOf = (block) =>
  Object.fromEntries(fieldsOf(block).map((field) => [nameOf(field), field.value]));

/**
 * Puts texts into fields that stood there before.
 * @param {Element} block
 * @param {Record<string, string>} texts by name
 * @returns {boolean} whether any differs from what stands there now
 */
export function enterAgain(block, texts) {
  const differing = fieldsOf(block).filter(
    (field) => (texts[nameOf(field)] ?? field.value) !== field.value,
  );
  for (const field of differing) {
    field.value = texts[nameOf(field)] ?? "";
    unfold(field);
  }
  return differing.length > 0;
}

/**
 * A field's label as it is read aloud: without its letter.
 * @param {Field} field
 */
export const spokenLabel = (field) =>
  [...(field.labels?.[0]?.childNodes ?? [])]
    .filter((part) => !(part instanceof Element && part.matches("[aria-hidden]")))
    .map(({ textContent }) => textContent)
    .join("")
    .trim();

/**
 * @param {Field} field
 * @param {"note" | "error" | "unit"} kind
 * @param {string} text
 */
export function say(field, kind, text) {
  const place = field.closest("[data-field]")?.querySelector(`.roi-${kind}`);
  if (place && place.textContent !== text) place.textContent = text;
}

/**
 * Opens every fold that hides a field, and the row that waits for somebody to ask for it.
 * @param {Element} field
 */
export function unfold(field) {
  const row = /** @type {HTMLElement | null} */ (field.closest(".roi-row"));
  if (row?.hidden) {
    row.hidden = false;
    const opener = row.closest("form")?.querySelector(".roi-open");
    if (opener instanceof HTMLElement) opener.hidden = true;
  }
  for (let fold = field.closest("details"); fold; ) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
}

/**
 * Leads a reader to a field that stands in no row yet.
 * @param {Field | undefined} field
 */
export function bringIntoSight(field) {
  if (!field) return;
  unfold(field);
  field.focus();
}

/**
 * Enters a published figure, with the ends of its range where it has one.
 * @param {Element} block
 * @param {HTMLButtonElement} button
 */
export function enterFigure(block, button) {
  const name = nameOf(button);
  for (const [end, part] of /** @type {const} */ ([
    ["", "value"],
    [".low", "low"],
    [".high", "high"],
  ])) {
    const field = fieldNamed(block, `${name}${end}`);
    if (!field) continue;
    field.value = button.dataset[part] ?? "";
    if (end && field.value) unfold(field);
    if (!end) field.focus();
  }
}

/**
 * Enters what could have been meant.
 * @param {Element} block
 * @param {HTMLButtonElement} button
 * @returns {boolean} whether there is such a field
 */
export function enterSuggestion(block, { dataset }) {
  const field = fieldNamed(block, dataset.field);
  if (!field) return false;
  field.value = dataset.text ?? "";
  field.focus(); // the button is about to go
  return true;
}
