// The months of the dialog: planned and actual, typed or opened from a file. Python answers each key;
// here rows are added, taken away and kept in this tab, and files are saved and read.

/** @import {MonthsSaid} from "../python/protocol.js" */

import { oneAtATime } from "./one-at-a-time.js";
import { saveFile } from "./saving.js";

const KEY = "roi-calculator.months";
/** The event of months that are others than before. */
export const MONTHS_KEPT = "roi-months:kept";
const JSON_TYPE = "application/json";
/** More than any file of months has; Python says so. */
const MOST_BYTES = 500_000;

/** What was typed in this page, where the browser keeps nothing. @type {Map<string, Row[]>} */
const typed = new Map();

/** @typedef {Record<string, string>} Row the texts of a month, by field */

/**
 * Has Python say what follows from months, or from those of a file.
 * @typedef {(asked: {rows: Row[], file: string, drawn: boolean}) => Promise<MonthsSaid>} AskMonths
 */

/**
 * Where the months of a form are kept: numbers of another language or currency would be others.
 * @param {Element} block
 */
export const monthsKey = (block) =>
  [KEY, block.getAttribute("language"), block.getAttribute("currency")].join(".");

/**
 * @param {string} key
 * @returns {Row[]} the months of this tab
 */
export function keptMonths(key) {
  const known = typed.get(key);
  if (known) return known;
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found.filter(isRow) : [];
  } catch {
    return [];
  }
}

/**
 * @param {unknown} found
 * @returns {found is Row}
 */
const isRow = (found) =>
  Object.prototype.toString.call(found) === "[object Object]" &&
  Object.values(/** @type {object} */ (found)).every((text) => typeof text === "string");

/**
 * @param {string} key
 * @param {Row[]} rows
 */
function keep(key, rows) {
  typed.set(key, rows);
  try {
    sessionStorage.setItem(key, JSON.stringify(rows));
  } catch {
    // Full or forbidden: it lasts as long as the page.
  }
}

/**
 * Keeps months that came with a link, where none are entered yet.
 * @param {string} key
 * @param {Row[]} rows
 */
export function keepMonths(key, rows) {
  const isEmpty = keptMonths(key).every((row) => Object.values(row).every((text) => !text.trim()));
  if (rows.length > 0 && isEmpty) keep(key, rows);
}

/**
 * Forgets months that came with a link and were left as they came.
 * @param {string} key
 * @param {Row[]} rows
 */
export function forgetMonths(key, rows) {
  if (rows.length > 0 && JSON.stringify(keptMonths(key)) === JSON.stringify(rows)) keep(key, []);
}

export class Months {
  #section;
  #ask;
  #key;
  /** What stood here before something took its place. @type {Row[]} */
  #before = [];
  #sayAnew = oneAtATime(() => this.#attempt(() => this.#answer()));

  /**
   * @param {HTMLElement} section
   * @param {AskMonths} ask
   * @param {string} key
   */
  constructor(section, ask, key) {
    this.#section = section;
    this.#ask = ask;
    this.#key = key;
    for (const type of ["click", "input", "change"]) section.addEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const button = target instanceof Element ? target.closest("button") : null;
    const file = this.#part(".roi-months-file");
    if (event.type === "input" && target !== file) this.#type();
    else if (event.type === "change" && target === file) this.#attempt(() => this.#open());
    else if (event.type !== "click") return;
    else if (button?.matches(".roi-months-add")) this.#attempt(() => this.#add());
    else if (button?.matches(".roi-months-remove")) this.#attempt(() => this.#remove(button));
    else if (button?.matches(".roi-months-undo")) this.#attempt(() => this.#undo());
    else if (button?.matches(".roi-months-save")) this.#attempt(() => this.#save());
    else if (button?.matches(".roi-months-open")) file?.click();
  }

  /** @param {string} selector @returns {HTMLInputElement | null} */
  #part(selector) {
    return this.#section.querySelector(selector);
  }

  get #bodies() {
    return [...this.#section.querySelectorAll("tbody")];
  }

  /** @returns {Row[]} */
  get #rows() {
    return this.#bodies.map((body) =>
      Object.fromEntries(
        [...body.querySelectorAll("input")].map(({ name, value }) => [name, value]),
      ),
    );
  }

  /**
   * Keeps months in this tab, and tells what else is made of them.
   * @param {Row[]} rows
   */
  #keep(rows) {
    keep(this.#key, rows);
    this.#section.dispatchEvent(new CustomEvent(MONTHS_KEPT, { bubbles: true }));
  }

  /** Keeps what is typed, and says what follows. */
  #type() {
    this.#keep(this.#rows);
    this.#say("");
    this.#sayAnew();
  }

  async #answer() {
    const said = await this.#ask({ rows: this.#rows, file: "", drawn: false });
    if (said.months.length === this.#bodies.length) this.#tell(said);
  }

  /**
   * Does what may fail, and says if it did.
   * @param {() => Promise<void>} work
   */
  async #attempt(work) {
    try {
      await work();
    } catch (error) {
      console.error("roi-calculator:", error);
      this.#say("failed");
    }
  }

  /**
   * Says beside each month what follows from it; its fields stay as they are.
   * @param {MonthsSaid} said
   */
  #tell({ months, together }) {
    for (const [index, body] of this.#bodies.entries()) {
      const month = months[index];
      if (!month) continue;
      for (const place of body.querySelectorAll("[data-figure]")) {
        put(place, month.figures[place.getAttribute("data-figure") ?? ""] ?? "");
      }
      put(body.querySelector(".roi-month-said"), month.sentence);
      for (const field of body.querySelectorAll("input")) {
        const error = month.errors[field.name] ?? "";
        put(body.querySelector(`[id="${field.id}-error"]`), error);
        field.placeholder = month.standing[field.name] ?? "";
        if (error) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
    put(this.#section.querySelector(".roi-months-together"), together);
  }

  /**
   * Draws the table anew with other rows.
   * @param {Row[]} rows
   * @param {string} [file] to open instead
   */
  async #draw(rows, file = "") {
    const said = await this.#ask({ rows, file, drawn: true });
    if (said.ok) {
      const place = this.#part(".roi-months-rows");
      // Escaped by construction in roi_calc/showing/html.py.
      if (place) place.innerHTML = said.html;
      put(this.#section.querySelector(".roi-months-together"), said.together);
      this.#keep(said.rows);
    }
    return said;
  }

  async #add() {
    const most = Number(this.#part(".roi-months-actions")?.dataset.most);
    if (this.#bodies.length >= most) {
      this.#say("full");
      return;
    }
    await this.#draw([...this.#rows, {}]);
    this.#say("");
    this.#bodies.at(-1)?.querySelector("input")?.focus();
  }

  /** @param {Element} button */
  async #remove(button) {
    const rows = this.#rows;
    const index = this.#bodies.findIndex((body) => body.contains(button));
    await this.#draw(rows.filter((_, place) => place !== index));
    this.#offerUndo(rows);
    this.#say("removed");
    this.#part(".roi-months-undo")?.focus();
  }

  async #undo() {
    await this.#draw(this.#before);
    this.#offerUndo([]);
    this.#say("undone");
    this.#part(".roi-months-add")?.focus();
  }

  async #save() {
    const { file, said } = await this.#ask({ rows: this.#rows, file: "", drawn: false });
    if (file) saveFile(file, JSON_TYPE, "months.json");
    // Nobody tells a page what a browser keeps a frame from saving.
    if (file) this.#say(parent === window ? "saved" : "savedInFrame");
    else this.#tellText(said);
  }

  async #open() {
    const field = this.#part(".roi-months-file");
    const [file] = field?.files ?? [];
    if (!field || !file) return;
    const bytes = await file.slice(0, MOST_BYTES).arrayBuffer();
    field.value = ""; // the same file may be chosen again, once it is put right
    const text = decoded(bytes);
    if (text === undefined) {
      this.#say("noText");
      return;
    }
    const rows = this.#rows;
    const said = await this.#draw(rows, text || " ");
    this.#tellText(said.said);
    if (said.ok && rows.some((row) => Object.values(row).some(Boolean))) this.#offerUndo(rows);
  }

  /** @param {Row[]} rows to go back to; none for nothing */
  #offerUndo(rows) {
    this.#before = rows;
    const button = this.#part(".roi-months-undo");
    if (button) button.hidden = rows.length === 0;
  }

  /** @param {string} name of a sentence that waits in the section; empty for none */
  #say(name) {
    const place = this.#part(".roi-months-said");
    this.#tellText(name ? (place?.dataset[name] ?? "") : "");
  }

  /** @param {string} sentence */
  #tellText(sentence) {
    put(this.#part(".roi-months-said"), sentence);
  }
}

/**
 * @param {Element | null} place
 * @param {string} text
 */
function put(place, text) {
  // Said again, it would be read aloud again.
  if (place && place.textContent !== text) place.textContent = text;
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {string | undefined} undefined for what is no text in UTF-8
 */
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
