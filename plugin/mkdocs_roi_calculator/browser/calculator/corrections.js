// What is wrong with the fields: beside each, with what could be meant, and in a list above them.

/** @import {FieldError, Suggested} from "../python/protocol.js" */
/** @import {Field} from "./fields.js" */

import { nameOf } from "./blocks.js";
import { fieldNamed, fieldsOf, say, spokenLabel, unfold } from "./fields.js";

/**
 * Says beside each field what is wrong with it and what could be meant; beside others, nothing.
 * @param {Element} block
 * @param {FieldError[]} errors
 * @param {boolean} [summarize] whether to list them above the form and lead the reader there
 */
export function correct(block, errors, summarize = false) {
  const byField = new Map(errors.map((error) => [error.field, error]));
  for (const field of fieldsOf(block)) {
    const { message = "", suggestions = [] } = byField.get(nameOf(field)) ?? {};
    say(field, "error", message);
    suggest(field, suggestions);
    if (message) {
      field.setAttribute("aria-invalid", "true");
      unfold(field);
      say(field, "note", "");
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
  list(block, errors, summarize);
}

/**
 * Offers below a field what could be meant, a button each. The same ones stay where they are: one
 * may be pressed just now.
 * @param {Field} field
 * @param {Suggested[]} suggestions
 */
function suggest(field, suggestions) {
  const error = field.closest("[data-field]")?.querySelector(".roi-error");
  const place = error?.parentElement?.querySelector(":scope > .roi-suggestions");
  const wanted = JSON.stringify(suggestions);
  if (!error || (place instanceof HTMLElement ? place.dataset.of : "[]") === wanted) return;
  place?.remove();
  if (suggestions.length === 0) return;
  const made = document.createElement("div");
  made.className = "roi-suggestions";
  made.dataset.of = wanted;
  made.append(...suggestions.map((each) => suggestion(each, spokenLabel(field))));
  error.after(made);
}

/**
 * @param {Suggested} suggested
 * @param {string} whose label tells one button from its like beside another field
 */
function suggestion({ label, field, text }, whose) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "roi-suggestion";
  Object.assign(button.dataset, { field, text });
  const forWhom = document.createElement("span");
  forWhom.className = "roi-hidden";
  forWhom.textContent = `: ${whose}`;
  button.append(label, forWhom);
  return button;
}

/**
 * @param {Element} block
 * @param {FieldError[]} errors
 * @param {boolean} isAsked
 */
function list(block, errors, isAsked) {
  const summary = /** @type {HTMLElement | null} */ (block.querySelector(".roi-error-summary"));
  const items = summary?.querySelector("ul");
  if (!summary || !items) return;
  const isShown = errors.length > 0 && (isAsked || !summary.hidden);
  summary.hidden = !isShown;
  items.replaceChildren(...(isShown ? errors.map((error) => itemOf(block, error)) : []));
  // Python may have come late: who has gone on elsewhere stays there.
  if (isShown && isAsked && block.contains(document.activeElement)) summary.focus();
}

/**
 * @param {Element} block
 * @param {FieldError} error
 */
function itemOf(block, { field: name, message }) {
  const field = fieldNamed(block, name);
  const link = document.createElement("a");
  link.href = `#${field?.id}`;
  // With what of the label is for the eye alone marked as it is there.
  link.append(...(field?.labels?.[0]?.cloneNode(true).childNodes ?? [name]), `: ${message}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    // Material's instant navigation would take the link for one to a page, and load it anew.
    event.stopPropagation();
    field?.focus();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}
