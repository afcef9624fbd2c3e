// What a reader writes for a memo: kept in this tab as the numbers are, and never sent.

/** @import {Typed} from "../python/protocol.js" */

const KEY = "roi-calculator.memo";
const COUNT_KEY = "roi-calculator.count";

/** @param {HTMLFormElement} form @returns {Record<string, string>} the texts by field */
export const textsIn = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, text]) => [name, String(text)]));

/**
 * The same as Python wants them.
 * @param {Record<string, string>} texts
 * @param {{address: string, entered: string[]}} rest
 * @returns {Typed}
 */
export function typedOf(texts, rest) {
  const { title = "", period = "", team = "", author = "", ask = "", left_out = "" } = texts;
  return {
    ...{ title, period, team, author, ask, left_out, date: today(), count: keptCount(), ...rest },
    sources: beginningWith("source.", texts),
    grades: beginningWith("grade.", texts),
  };
}

/**
 * @param {string} start
 * @param {Record<string, string>} texts
 */
const beginningWith = (start, texts) =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([name]) => name.startsWith(start))
      .map(([name, text]) => [name.slice(start.length), text]),
  );

/** The reader's own day, written as in every language. */
export function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => `${part}`.padStart(2, "0")).join("-");
}

/** @returns {Record<string, string>} what was written in this tab; nothing where that is unknown */
export function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    const texts = Object.entries(found).filter(([, text]) => typeof text === "string");
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} texts */
export function keep({ in_link: _isOfNow, ...texts }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(texts));
  } catch {
    // Full or forbidden: it lasts as long as the page.
  }
}

/**
 * Keeps what came with a link, where nothing is written yet.
 * @param {Record<string, string>} notes
 */
export function keepNotes(notes) {
  const written = Object.entries(kept()).filter(([, text]) => text.trim());
  keep({ ...notes, ...Object.fromEntries(written) });
}

/**
 * Forgets what came with a link and was left as it came.
 * @param {Record<string, string>} notes
 */
export function forgetNotes(notes) {
  keep(Object.fromEntries(Object.entries(kept()).filter(([name, text]) => notes[name] !== text)));
}

/** How the requests were counted in this tab, as Python wrote it; it knows whether that still holds. */
function keptCount() {
  try {
    return sessionStorage.getItem(COUNT_KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} record */
export function keepCount(record) {
  try {
    sessionStorage.setItem(COUNT_KEY, record);
  } catch {
    // As above.
  }
}
