// The dialog in which requests are counted from a file. Python makes it, counts, and says what is
// counted; here a file is chosen, settings are read, and what comes back is put in its place. No row
// comes here, and nothing is sent.

/** @import {Counted} from "../python/protocol.js" */
/** @import {Runtime} from "../python/runtime.js" */
/** @typedef {Extract<Counted, {parts: unknown}>} Said */

import { definitionOf } from "../calculator/blocks.js";
import { enterAgain, fieldsOf, textsOf } from "../calculator/fields.js";
import { Counter } from "./counter.js";
import { fetchedPack, styled } from "./fetching.js";
import { keepCount, today } from "./typed.js";
import { changesOf, ownZone, zones } from "./zone-changes.js";

const STYLE = "./count.css";
/** What is wrong with one of these leaves nothing to be counted; as in count_door.py. */
const OF_THE_WHOLE = ["file", "reading", "day_first"];

/**
 * Opens the dialog of the calculator that a button is in; says beside the button what is wrong.
 * @param {HTMLElement} button
 * @param {Runtime} runtime that answers the calculator
 * @param {(sentence?: string) => void} tellFailed says it; empty for nothing wrong
 */
export async function open(button, runtime, tellFailed) {
  const block = button.closest("roi-calculator");
  if (!block || button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  tellFailed("");
  try {
    const language = block.getAttribute("language") ?? "";
    const [made] = await Promise.all([
      fetchedPack(runtime, language).then(() => runtime.evaluate(formOf(block))),
      styled(STYLE),
    ]);
    if (!("dialog" in made)) throw new TypeError(button.className);
    new CountDialog(button, block, made.dialog, new Counter(runtime, language)).show();
  } catch (error) {
    console.error("roi-calculator:", error);
    tellFailed();
  } finally {
    button.ariaBusy = null;
  }
}

/** @param {Element} block */
const formOf = (block) => ({
  calculator: block.getAttribute("calculator") ?? "",
  definition: "",
  ...definitionOf(block),
  language: block.getAttribute("language") ?? "",
  currency: block.getAttribute("currency") ?? "",
  values: textsOf(block),
  block: block.id,
  count: undefined,
});

/** What is to be counted cannot be read. */
class UnreadableError extends Error {}

class CountDialog {
  #button;
  #block;
  #counter;
  #element;
  #leaving = new AbortController();
  /** The files by the names of their fields. @type {Map<string, File>} */
  #files = new Map();
  /** What stands in a place, as Python wrote it. @type {WeakMap<Element, string>} */
  #shown = new WeakMap();
  /** @type {Said | undefined} */
  #counted;
  /** Of the count at work; another one begins another. */
  #turn = 0;
  #isAtWork = false;
  #isAskedAgain = false;

  /**
   * @param {HTMLElement} button
   * @param {Element} block
   * @param {string} dialog escaped by construction in roi_calc/showing/html.py
   * @param {Counter} counter
   */
  constructor(button, block, dialog, counter) {
    this.#button = button;
    this.#block = block;
    this.#counter = counter;
    const holder = document.createElement("div");
    holder.innerHTML = dialog;
    this.#element = /** @type {HTMLDialogElement} */ (holder.firstElementChild);
  }

  show() {
    const types = ["click", "input", "change", "close", "submit", "dragover", "dragleave", "drop"];
    for (const type of types) this.#element.addEventListener(type, this);
    const clock = /** @type {HTMLSelectElement} */ (this.#element.querySelector("[name=zone]"));
    clock.append(...zones().map((zone) => new Option(zone, zone)));
    // Neither in the calculator, whose fields these would be, nor in what a theme styles as text.
    document.body.append(this.#element);
    // Instant navigation leaves what is here.
    addEventListener("popstate", () => this.#element.close(), { signal: this.#leaving.signal });
    this.#element.showModal();
    this.#field("file").focus();
    // By the time that a file is chosen, it can be counted.
    this.#counter.start().catch(() => {});
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const button = target instanceof Element ? target.closest("button") : null;
    if (event.type === "submit") event.preventDefault();
    else if (event.type === "close" && target === this.#element) this.#leave();
    else if (event instanceof DragEvent) this.#drag(event);
    else if (
      event.type === "change" &&
      target instanceof HTMLInputElement &&
      target.type === "file"
    )
      this.#choose(target.name, target.files?.[0]);
    else if (event.type === "input" || event.type === "change") this.#change(event);
    else if (button?.matches(".roi-away-close")) this.#element.close();
    else if (button?.matches(".roi-count-stop")) this.#giveUp();
    else if (button?.matches(".roi-count-use")) this.#use();
  }

  /** @param {string} name @returns {HTMLInputElement} */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#element.querySelector(`[name="${name}"]`));
  }

  #leave() {
    this.#leaving.abort();
    this.#counter.giveUp();
    this.#element.remove();
    if (!this.#block.contains(document.activeElement)) this.#button.focus();
  }

  /** @param {DragEvent} event a file dropped anywhere but on the place for calls is the first */
  #drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const over = event.target instanceof Element ? event.target : this.#element;
    const name = over.closest(".roi-count-calls") ? "calls" : "file";
    const place = this.#field(name).closest(".roi-count-drop");
    place?.toggleAttribute("data-over", event.type === "dragover");
    if (event.type !== "drop") return;
    const [file] = event.dataTransfer.files;
    const chosen = new DataTransfer();
    if (file) chosen.items.add(file);
    this.#field(name).files = chosen.files;
    this.#choose(name, file);
  }

  /**
   * @param {string} name of the field
   * @param {File | undefined} file
   */
  #choose(name, file) {
    const field = this.#field(name);
    this.#tell(name, "");
    this.#giveUp("");
    if (name === "file") this.#showCounted(false);
    const isTooLarge = file && file.size > Number(field.dataset.largest);
    if (file && !isTooLarge) this.#files.set(name, file);
    else this.#files.delete(name);
    if (isTooLarge) this.#tell(name, field.dataset.tooLarge ?? "");
    this.#ask();
  }

  /** @param {Event} event */
  #change({ target, type }) {
    const isText = target instanceof HTMLInputElement && target.type === "text";
    // Fields for text say at every key that they change, the others once.
    if (isText === (type === "input")) this.#ask();
  }

  /** @param {string} [said] */
  #giveUp(said = "stopped") {
    if (!this.#isAtWork) return;
    this.#turn += 1;
    this.#isAtWork = false;
    this.#counter.giveUp();
    this.#say(said);
    this.#showWork(false);
  }

  /** Has Python count: at once, or when it is done with what it counts. */
  async #ask() {
    if (!this.#files.has("file")) return;
    this.#isAskedAgain = true;
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    this.#turn += 1;
    const turn = this.#turn;
    this.#showWork(true);
    this.#say("counting");
    let said = "";
    try {
      while (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        const counted = await this.#counter.count({
          ...formOf(this.#block),
          count: await this.#wanted(),
        });
        if (turn !== this.#turn) return;
        if ("parts" in counted) this.#show(counted);
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      console.error("roi-calculator:", error);
      said = error instanceof UnreadableError ? "unreadable" : "failed";
      this.#counter.giveUp();
    }
    this.#isAtWork = false;
    this.#showWork(false);
    this.#say(said);
  }

  async #wanted() {
    const form = /** @type {HTMLFormElement} */ (this.#element.querySelector("form"));
    const [file, calls] = [this.#files.get("file"), this.#files.get("calls")];
    if (!file || !((await isReadable(file)) && (await isReadable(calls)))) {
      throw new UnreadableError(file?.name);
    }
    /** @type {Record<string, string>} */
    const texts = {};
    /** @type {Record<string, string[]>} */
    const ticked = { channel: [], tags: [], state: [] };
    for (const [name, text] of new FormData(form)) {
      if (typeof text !== "string") continue;
      if (name in ticked) ticked[name]?.push(text);
      else texts[name] = text;
    }
    const zone = texts.zone || ownZone();
    return {
      file,
      ...(calls ? { calls } : {}),
      name: file.name,
      texts,
      ticked,
      zone: { name: zone, changes: changesOf(zone) },
      today: today(),
    };
  }

  /** @param {Said} counted */
  #show(counted) {
    this.#counted = counted;
    for (const place of this.#element.querySelectorAll("[data-part]")) {
      const html = counted.parts[place.getAttribute("data-part") ?? ""];
      if (html !== undefined && html !== this.#shown.get(place)) this.#put(place, html);
    }
    for (const place of this.#element.querySelectorAll("[data-error]")) {
      const about = place.getAttribute("data-error") ?? "";
      this.#tell(about, about === counted.about ? counted.message : "");
    }
    this.#showCounted(true, OF_THE_WHOLE.includes(counted.about));
  }

  /**
   * Puts in place what Python wrote; what the reader chose in it stays chosen.
   * @param {Element} place
   * @param {string} html escaped by construction in roi_calc/showing/html.py
   */
  #put(place, html) {
    const chosen = choicesIn(place);
    this.#shown.set(place, html);
    place.innerHTML = html;
    for (const [name, value, isChosen] of chosen) {
      for (const field of fieldsIn(place)) {
        if (field.name !== name) continue;
        if (field instanceof HTMLSelectElement) {
          if ([...field.options].some((option) => option.value === value)) field.value = value;
        } else if (field.value === value) field.checked = isChosen;
      }
    }
  }

  /**
   * Says beside a field, or a part, what is wrong with it, and opens what hides it.
   * @param {string} about
   * @param {string} message
   */
  #tell(about, message) {
    const place = this.#element.querySelector(`[data-error="${about}"]`);
    if (!place || place.textContent === message) return;
    place.textContent = message;
    this.#element.querySelector(`[name="${about}"]`)?.setAttribute("aria-invalid", `${!!message}`);
    for (let fold = message ? place.closest("details") : null; fold; ) {
      fold.open = true;
      fold = fold.parentElement?.closest("details") ?? null;
    }
  }

  /**
   * @param {boolean} isThere whether the file is read
   * @param {boolean} [isRefused] whether nothing in it could be counted
   */
  #showCounted(isThere, isRefused = false) {
    for (const [selector, isShown] of /** @type {const} */ ([
      [".roi-count-counted", isThere],
      [".roi-count-steps", !isRefused],
      [".roi-count-calls", !isRefused],
      [".roi-count-sample", !isRefused],
      [".roi-count-use", isThere && this.#counted?.fill && Object.keys(this.#counted.fill).length],
    ])) {
      const part = this.#element.querySelector(selector);
      if (part instanceof HTMLElement) part.hidden = !isShown;
    }
  }

  /** @param {boolean} isAtWork */
  #showWork(isAtWork) {
    const stop = this.#element.querySelector(".roi-count-stop");
    if (stop instanceof HTMLElement) stop.hidden = !isAtWork;
    this.#element.toggleAttribute("aria-busy", isAtWork);
  }

  /** @param {string} name of a sentence that waits in the dialog; empty for none */
  #say(name) {
    const place = /** @type {HTMLElement} */ (this.#element.querySelector(".roi-away-said"));
    place.textContent = name ? (place.dataset[name] ?? "") : "";
  }

  /** Puts what was counted into the form, as if typed. */
  #use() {
    const { fill = {}, record = "" } = this.#counted ?? {};
    keepCount(record);
    enterAgain(this.#block, fill);
    for (const type of ["input", "change"]) {
      this.#block.dispatchEvent(new Event(type, { bubbles: true }));
    }
    const [first] = Object.keys(fill);
    this.#element.close();
    fieldsOf(this.#block)
      .find((field) => field.name === first)
      ?.focus();
  }
}

/** @param {File | undefined} file @returns {Promise<boolean>} not what was changed or moved since */
async function isReadable(file) {
  try {
    await file?.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Element} place
 * @returns {(HTMLInputElement | HTMLSelectElement)[]}
 */
const fieldsIn = (place) =>
  place instanceof HTMLSelectElement
    ? [place]
    : [.../** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input, select"))];

/**
 * What the reader chose in a place, as it is not what Python wrote.
 * @param {Element} place
 * @returns {[string, string, boolean][]} name, value and whether it is chosen
 */
const choicesIn = (place) =>
  fieldsIn(place).flatMap((field) => {
    const isOwn =
      field instanceof HTMLSelectElement
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.checked !== field.defaultChecked;
    const isChosen = field instanceof HTMLSelectElement || field.checked;
    return isOwn
      ? [/** @type {[string, string, boolean]} */ ([field.name, field.value, isChosen])]
      : [];
  });
