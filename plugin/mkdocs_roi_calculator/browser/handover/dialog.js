// The dialog in which an answer becomes a memo. Python makes it, and the memo anew at every key;
// here it is opened, shown, printed and copied. It is fetched when somebody asks for it.

/** @import {Runtime} from "../python/runtime.js" */
/** @import {HandedOver} from "../python/protocol.js" */

import { blockOf, definitionOf, nameOf } from "../calculator/blocks.js";
import { fieldsOf, isChanged, textsOf } from "../calculator/fields.js";
import { copyBoth } from "./clipboard.js";
import { fetchedPack, styled } from "./fetching.js";
import { keptMonths, MONTHS_KEPT, Months, monthsKey } from "./months.js";
import { oneAtATime } from "./one-at-a-time.js";
import { saveFile } from "./saving.js";
import { keep, kept, textsIn, typedOf } from "./typed.js";

const STYLE = "./dialog.css";
const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const SHEET = "roi-away-sheet";

/**
 * Opens the dialog of the calculator that a link is about; says beside the link what is wrong.
 * @param {HTMLElement} link
 * @param {Runtime} runtime that answers the calculator
 * @param {(sentence?: string) => void} tellFailed says it beside the link; empty for nothing wrong
 */
export async function open(link, runtime, tellFailed) {
  if (link.ariaBusy === "true") return;
  const block = blockOf(link);
  if (!block) return;
  link.ariaBusy = "true";
  tellFailed("");
  try {
    const [dialog] = await Promise.all([made(link, block, runtime), styled(STYLE)]);
    dialog.show();
  } catch (error) {
    tellFailed(error instanceof RefusedError ? error.message : undefined);
    if (!(error instanceof RefusedError)) console.error("roi-calculator:", error);
  } finally {
    link.ariaBusy = null;
  }
}

/**
 * Has Python make a memo of the form's answer with what was typed for it, or a workbook.
 * @typedef {(texts: Record<string, string>, workbook?: boolean) => Promise<HandedOver>} Ask
 */

/** The page's address; in somebody else's page that of the page which the frame is of. */
function home() {
  const canonical = /** @type {HTMLLinkElement | null} */ (
    document.querySelector("link[rel=canonical]")
  );
  const isFrame = document.documentElement.dataset.embed !== undefined;
  return (isFrame && canonical ? canonical : location).href.split("#")[0] ?? "";
}

/** What stands in the form cannot be used. */
class RefusedError extends Error {}

/**
 * @param {HTMLElement} link
 * @param {Element} block
 * @param {Runtime} runtime
 */
async function made(link, block, runtime) {
  const language = block.getAttribute("language") ?? "";
  await fetchedPack(runtime, language);
  const form = () => ({
    calculator: block.getAttribute("calculator") ?? "",
    definition: "",
    ...definitionOf(block),
    language,
    currency: block.getAttribute("currency") ?? "",
    values: textsOf(block),
    block: block.id,
  });
  const key = monthsKey(block);
  /** @type {Ask} */
  const ask = ({ in_link: isSent, ...notes }, workbook = false) =>
    runtime.evaluate({
      ...form(),
      comparison: block.getAttribute("comparison") ?? "",
      typed: typedOf(notes, {
        address: home(),
        entered: fieldsOf(block).filter(isChanged).map(nameOf),
      }),
      workbook,
      months: keptMonths(key),
      notes,
      in_link: isSent !== undefined,
    });
  const first = await ask(kept());
  if (!first.ok) throw new RefusedError(first.message);
  if (!("html" in first)) throw new TypeError(link.className);
  return new Dialog(link, first, ask, (section) => {
    new Months(section, (asked) => runtime.evaluate({ ...form(), ...asked }), key);
  });
}

class Dialog {
  #link;
  #ask;
  #made;
  #element;
  #sheet = document.createElement("div");
  #title = document.title;
  #leaving = new AbortController();
  #isAskMissed = false;
  #makeAnew = oneAtATime(() => this.#make());
  /** Until the memo is of what was typed last. @type {Promise<void> | undefined} */
  #working;

  /**
   * @param {HTMLElement} link
   * @param {Extract<HandedOver, {html: string}>} made
   * @param {Ask} ask
   * @param {(section: HTMLElement) => void} fillIn has months typed into their part of the dialog
   */
  constructor(link, made, ask, fillIn) {
    this.#link = link;
    this.#made = made;
    this.#ask = ask;
    const holder = document.createElement("div");
    // Escaped by construction in roi_calc/showing/html.py.
    holder.innerHTML = made.dialog;
    this.#element = /** @type {HTMLDialogElement} */ (holder.firstElementChild);
    this.#sheet.className = SHEET;
    const months = this.#element.querySelector(".roi-months");
    if (months instanceof HTMLElement) fillIn(months);
  }

  show() {
    const texts = kept();
    for (const field of this.#fields) {
      // Whether the link carries it is decided each time.
      if (field.type !== "checkbox") field.value = texts[field.name] ?? field.value;
    }
    for (const type of ["click", "input", "close", "submit", MONTHS_KEPT]) {
      this.#element.addEventListener(type, this);
    }
    // Neither in the calculator, whose fields they would be, nor in what a theme styles as text.
    document.body.append(this.#element, this.#sheet);
    // Instant navigation leaves what is here.
    addEventListener("popstate", () => this.#element.close(), { signal: this.#leaving.signal });
    this.#show();
    this.#element.showModal();
    this.#element.scrollTop = 0;
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const button = target instanceof Element ? target.closest("button") : null;
    if (event.type === "submit") event.preventDefault();
    else if (event.type === "close" && target === this.#element) this.#leave();
    else if (event.type === "input" && this.#form.contains(/** @type {Node} */ (target)))
      this.#type();
    else if (event.type === MONTHS_KEPT) this.#type();
    else if (button?.matches(".roi-away-close")) this.#element.close();
    else if (button?.matches(".roi-away-copy")) this.#copy();
    else if (button?.matches(".roi-away-print")) this.#print();
    else if (button?.matches(".roi-away-workbook")) this.#save();
    else if (button?.matches(".roi-away-link")) this.#copyLink();
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.#element.querySelector("form"));
  }

  get #fields() {
    return /** @type {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */ ([
      ...this.#form.querySelectorAll(":is(input, textarea, select)"),
    ]);
  }

  #leave() {
    this.#leaving.abort();
    this.#sheet.remove();
    this.#element.remove();
    document.title = this.#title;
    this.#link.focus();
  }

  /** Keeps what is typed, and has the memo made anew. */
  #type() {
    keep({ ...kept(), ...textsIn(this.#form) });
    this.#say("");
    this.#working = this.#makeAnew();
  }

  async #make() {
    try {
      const made = await this.#ask(textsIn(this.#form));
      if ("html" in made) this.#made = made;
      this.#show();
    } catch (error) {
      console.error("roi-calculator:", error);
      this.#say("failed");
    }
  }

  /** Shows the memo, here and for print. */
  #show() {
    // Left while it was made: the title is the page's again.
    if (this.#leaving.signal.aborted) return;
    const preview = this.#element.querySelector(".roi-away-preview");
    // Both escaped by construction, as above.
    if (preview) preview.innerHTML = this.#made.html;
    this.#sheet.innerHTML = this.#made.html;
    // A browser that prints into a file calls it so.
    document.title = this.#made.name;
  }

  async #copy() {
    await this.#working;
    const { html, markdown } = this.#made;
    this.#say((await copyBoth(html, markdown)) ? "copied" : "notCopied");
    this.#missAsk();
  }

  async #copyLink() {
    await this.#working;
    const { link } = this.#made;
    if (!link) {
      this.#say("tooLong");
      return;
    }
    const anchor = document.createElement("a");
    anchor.href = anchor.textContent = link;
    this.#say((await copyBoth(anchor.outerHTML, link)) ? "linkCopied" : "notCopied");
  }

  /** Saves the workbook as a file called like the memo. */
  async #save() {
    try {
      const made = await this.#ask(textsIn(this.#form), true);
      if (!made.ok) {
        this.#tell(made.message);
        return;
      }
      if (!("file" in made)) throw new TypeError(this.#made.name);
      const name = this.#made.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
      saveFile(made.file, WORKBOOK, `${name}.xlsx`);
      // Nobody tells a page what a browser keeps a frame from saving.
      this.#say(parent === window ? "saved" : "savedInFrame");
    } catch (error) {
      console.error("roi-calculator:", error);
      this.#say("failed");
    }
  }

  #print() {
    let isPrinting = false;
    addEventListener("beforeprint", () => (isPrinting = true), { once: true });
    print();
    // A frame that may open no dialog of the browser's is told nothing.
    this.#say(isPrinting ? "" : "notPrinted");
    this.#missAsk();
  }

  /** Says, once, that nothing is asked for. */
  #missAsk() {
    if (this.#isAskMissed || textsIn(this.#form).ask?.trim()) return;
    this.#isAskMissed = true;
    this.#say("noAsk", true);
  }

  /**
   * @param {string} name of a sentence that waits in the dialog; empty for none
   * @param {boolean} [isMore] whether it comes behind what was said
   */
  #say(name, isMore = false) {
    const place = /** @type {HTMLElement} */ (this.#element.querySelector(".roi-away-said"));
    const sentence = name ? (place.dataset[name] ?? "") : "";
    this.#tell(isMore ? `${place.textContent} ${sentence}`.trim() : sentence);
  }

  /** @param {string} sentence */
  #tell(sentence) {
    const place = this.#element.querySelector(".roi-away-said");
    if (place) place.textContent = sentence;
  }
}
