// What the reader entered in this tab, so that another page can offer it: session storage only, and
// nothing at all where the browser or a frame's sandbox refuses it.

/** @import {Earlier} from "../python/protocol.js" */

const KEY = "roi-calculator";
const MOST_ENTRIES = 24;

/** @typedef {Earlier & {place: string}} Entry one calculator of one page */

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === "string";

/**
 * Whether it is what `remember` wrote: another version, or another script, may have written it.
 * @param {any} found
 * @returns {found is Entry}
 */
const isEntry = (found) =>
  [found?.calculator, found?.language, found?.currency, found?.place].every(isText) &&
  isText(found.definition ?? "") &&
  Array.isArray(found.changed) &&
  found.changed.every(isText) &&
  Object.prototype.toString.call(found.values) === "[object Object]" &&
  Object.values(found.values).every(isText);

/** @returns {Entry[]} the oldest first */
export function remembered() {
  try {
    const entries = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/**
 * Keeps what stands in a form; forgets the form if nothing in it is the reader's own.
 * @param {Entry} entry
 */
export function remember(entry) {
  const others = remembered().filter(({ place }) => place !== entry.place);
  if (entry.changed.length) others.push(entry);
  write(others.slice(-MOST_ENTRIES));
}

export function forgetAll() {
  write([]);
}

/** @param {Entry[]} entries */
function write(entries) {
  try {
    if (entries.length) sessionStorage.setItem(KEY, JSON.stringify(entries));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Full or forbidden: the next page has nothing to offer.
  }
}
