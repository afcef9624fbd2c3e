// `<roi-calculator>`: makes the prerendered form live. It computes nothing and builds no answer:
// it sends what is typed to Python and puts what comes back in its place.

/** @import {Answered, Earlier, FieldError, Form, Reply, Suggested} from "../python/protocol.js" */

import { OverrunError, runtime } from "../python/runtime.js";
import { blockOf, claimIds, nameOf } from "./blocks.js";
import { forgetAll, remember, remembered } from "./tab-memory.js";

const TYPING_PAUSE_MS = 120;
// Nobody is corrected in the middle of a number, nor read a new answer at every key.
const CORRECTION_PAUSE_MS = 900;
const ANNOUNCEMENT_PAUSE_MS = 700;
const NEARBY = "300px";
const EVENTS = ["input", "change", "submit", "reset", "focusin", "pointerdown", "keydown", "click"];

/** Whether the reader asked for, or has, a connection too thin for a download on a guess. */
function isThinConnection() {
  const { connection } =
    /** @type {{connection?: {saveData?: boolean, effectiveType?: string}}} */ (navigator);
  return connection?.saveData || /[23]g$/.test(connection?.effectiveType ?? "");
}

/** @param {() => void} task */
const whenIdle = (task) =>
  "requestIdleCallback" in window ? requestIdleCallback(task) : setTimeout(task, 200);

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * Whether a field no longer holds what the page was built with.
 * @param {Field} field
 */
const isChanged = (field) =>
  field instanceof HTMLSelectElement
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;

/**
 * The folds that hide an element.
 * @param {Element} element
 * @returns {HTMLDetailsElement[]}
 */
function ancestors(element) {
  const folded = element.parentElement?.closest("details");
  return folded ? [folded, ...ancestors(folded)] : [];
}

/**
 * A field's label as it is read aloud: without its letter.
 * @param {Field} field
 */
const spokenLabel = (field) =>
  [...(field.labels?.[0]?.childNodes ?? [])]
    .filter((part) => !(part instanceof Element && part.matches("[aria-hidden]")))
    .map(({ textContent }) => textContent)
    .join("")
    .trim();

export class RoiCalculatorElement extends HTMLElement {
  #lastQuestion = 0;
  #isDirty = false;
  #isOverrun = false;
  /** @type {number | undefined} */
  #typingTimer;
  /** @type {number | undefined} */
  #correctionTimer;
  /** @type {number | undefined} */
  #announcementTimer;
  /** @type {IntersectionObserver | undefined} */
  #observer;
  #isTaking = false;
  /** Whether Enter was pressed before Python was ready, and nothing typed since. */
  #isSummaryDue = false;
  // Instant navigation changes the address before it takes the page away.
  #place = "";
  /** @type {AbortController | undefined} */
  #leaving;

  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
    runtime.addEventListener("statechange", this);
    this.#reflect();
    this.#place = `${location.pathname}#${this.dataset.block}`;
    this.#offerEarlier();
    this.#leaving = new AbortController();
    document.addEventListener("click", (event) => this.#clickInText(event), {
      signal: this.#leaving.signal,
    });
    const boot = isThinConnection() ? "intent" : this.getAttribute("boot");
    if (boot === "load") whenIdle(() => runtime.start());
    else if (boot !== "intent") this.#startWhenNear();
    // A browser that restores what was typed on the last visit tells nobody.
    whenIdle(() => {
      claimIds(this);
      if (this.#inputs.some(isChanged)) this.#ask();
    });
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
    runtime.removeEventListener("statechange", this);
    this.#observer?.disconnect();
    this.#leaving?.abort();
    this.#clearTimers();
  }

  #startWhenNear() {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return;
        this.#observer?.disconnect();
        whenIdle(() => runtime.start());
      },
      { rootMargin: NEARBY },
    );
    this.#observer.observe(this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "statechange") this.#reflect();
    else if (event.type === "input") this.#askSoon();
    else if (event.type === "change") this.#ask({ correctNow: true });
    else if (event.type === "submit") event.preventDefault();
    else if (event instanceof KeyboardEvent) this.#press(event);
    else if (event.type === "click") this.#click(event);
    // The fields still hold what was typed while the event runs.
    else if (event.type === "reset") setTimeout(() => this.#ask({ correctNow: true }));
    else runtime.start();
  }

  get #inputs() {
    return /** @type {Field[]} */ ([...this.querySelectorAll(":is(input, select)")]);
  }

  /**
   * Enter asks for the answer; a form without a submit button would not tell.
   * @param {KeyboardEvent} event
   */
  #press(event) {
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement))
      return;
    event.preventDefault();
    this.#ask({ correctNow: true, summarize: true });
  }

  /** @param {Event} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.matches(".roi-retry")) this.#retry();
    else if (button?.matches(".roi-apply")) this.#apply(button);
    else if (button?.matches(".roi-suggestion")) this.#enter(button);
    else if (button?.matches(".roi-take")) this.#take();
    else if (button?.matches(".roi-forget")) this.#forget();
  }

  /**
   * The text's own way back to the example, and its links to the form where their address is lost.
   * @param {Event} event
   */
  #clickInText(event) {
    const clicked = event.target instanceof Element ? event.target.closest("[data-block]") : null;
    if (!clicked || blockOf(clicked) !== this) return;
    if (clicked instanceof HTMLAnchorElement) {
      if (document.getElementById(clicked.hash.slice(1))) return;
      event.preventDefault();
      this.scrollIntoView();
    } else if (/** @type {Element} */ (event.target).closest(".roi-back")) {
      this.querySelector("form")?.reset();
      clicked.querySelector("a")?.focus({ preventScroll: true });
    }
  }

  /** Offers what the reader entered earlier in the tab, where a calculator here can use it. */
  #offerEarlier() {
    const offer = /** @type {HTMLElement | null} */ (this.querySelector(".roi-earlier"));
    if (offer) offer.hidden = this.#earlier.length === 0;
  }

  /** @returns {Earlier[]} what Python may take over into this form */
  get #earlier() {
    const offer = /** @type {HTMLElement | null} */ (this.querySelector(".roi-earlier"));
    const sources = offer?.dataset.sources?.split(" ") ?? [];
    return remembered().filter(({ calculator }) => sources.includes(calculator));
  }

  #take() {
    this.#isTaking = true;
    this.#ask({ correctNow: true });
  }

  #forget() {
    forgetAll();
    for (const offer of document.querySelectorAll(".roi-earlier")) {
      /** @type {HTMLElement} */ (offer).hidden = offer !== this.querySelector(".roi-earlier");
    }
    const offer = /** @type {HTMLElement | null} */ (this.querySelector(".roi-earlier"));
    this.#sayOfEarlier(offer?.dataset.forgotten ?? "");
  }

  /**
   * Puts a sentence in the place of the offer.
   * @param {string} sentence
   */
  #sayOfEarlier(sentence) {
    const said = /** @type {HTMLElement | null} */ (this.querySelector(".roi-earlier-said"));
    if (!said) return;
    said.textContent = sentence;
    said.focus();
    for (const button of said.parentElement?.querySelectorAll("button") ?? []) {
      button.hidden = button.matches(".roi-take") || remembered().length === 0;
    }
  }

  /**
   * Fills in what Python took over from earlier forms.
   * @param {Reply} reply
   */
  #fill({ taken, said }) {
    for (const input of this.#inputs) {
      const text = taken[nameOf(input)];
      if (text === undefined || text === input.value) continue;
      input.value = text;
      if (text) for (const folded of ancestors(input)) folded.open = true;
    }
    this.#sayOfEarlier(said);
  }

  #retry() {
    this.#status?.focus(); // the button is about to go
    this.#isDirty = true;
    runtime.retry();
  }

  /**
   * Enters a published figure, with the ends of its range where it has one.
   * @param {HTMLButtonElement} button
   */
  #apply(button) {
    const field = nameOf(button);
    for (const [end, part] of [
      ["", "value"],
      [".low", "low"],
      [".high", "high"],
    ]) {
      const input = this.#inputs.find((each) => nameOf(each) === `${field}${end}`);
      if (!input) continue;
      input.value = button.dataset[part ?? ""] ?? "";
      if (end && input.value) input.closest("details")?.setAttribute("open", "");
      if (!end) input.focus();
    }
    this.#ask({ correctNow: true });
  }

  /**
   * Enters what could have been meant.
   * @param {HTMLButtonElement} button
   */
  #enter({ dataset }) {
    const input = this.#inputs.find((each) => nameOf(each) === dataset.field);
    if (!input) return;
    input.value = dataset.text ?? "";
    input.focus(); // the button is about to go
    this.#ask({ correctNow: true });
  }

  #askSoon() {
    this.#isSummaryDue = false;
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#correctionTimer);
    this.#typingTimer = setTimeout(() => this.#ask(), TYPING_PAUSE_MS);
  }

  /**
   * Sends the fields to Python, or keeps that in mind until it is ready.
   * @param {{correctNow?: boolean, summarize?: boolean}} [manner]
   */
  async #ask(manner = {}) {
    clearTimeout(this.#typingTimer);
    this.#isDirty = runtime.state !== "ready";
    if (this.#isDirty) {
      this.#isSummaryDue ||= manner.summarize ?? false;
      // What is shown is not the answer to what is typed, whether or not Python ever comes.
      this.toggleAttribute("stale", true);
      runtime.start();
      this.#announce(this.#status?.textContent ?? "");
      return;
    }
    this.#isSummaryDue = false;
    const question = ++this.#lastQuestion;
    this.#isOverrun = false;
    const asked = this.#form;
    const live = this.#inText("roi-value");
    const isTaking = this.#isTaking;
    try {
      const reply = await runtime.evaluate({
        ...asked,
        comparison: this.getAttribute("comparison") ?? "",
        live: live.map((value) => value.getAttribute("of") ?? ""),
        earlier: isTaking ? this.#earlier : [],
      });
      if (question !== this.#lastQuestion) return;
      if (isTaking) this.#fill(reply);
      this.#isTaking = false;
      this.#show(reply, manner);
      if (reply.ok) this.#follow(live, reply.live, isTaking ? this.#form : asked);
    } catch (error) {
      console.error("roi-calculator:", error);
      // What the reader types next is not to fail on earlier numbers.
      this.#isTaking = false;
      if (question !== this.#lastQuestion) return;
      this.#isOverrun = error instanceof OverrunError;
      this.#markStale(true);
      if (this.#isOverrun) this.#announce(this.#status?.textContent ?? "");
    }
  }

  /** @returns {Form} */
  get #form() {
    return {
      calculator: this.getAttribute("calculator") ?? "",
      language: this.getAttribute("language") ?? "",
      currency: this.getAttribute("currency") ?? "",
      values: Object.fromEntries(this.#inputs.map((input) => [nameOf(input), input.value])),
    };
  }

  /**
   * The elements in the page's text that belong to this calculator.
   * @param {"roi-value" | "roi-origin"} tag
   */
  #inText(tag) {
    const named = document.querySelectorAll(`${tag}[data-block="${this.dataset.block}"]`);
    return [...named].filter((each) => blockOf(each) === this);
  }

  /**
   * Has the page's text say the new values, and the tab remember them.
   * @param {Element[]} live
   * @param {(string | undefined)[]} texts
   * @param {Form} form that was answered
   */
  #follow(live, texts, form) {
    const changed = this.#inputs.filter(isChanged).map(nameOf);
    live.forEach((value, index) => {
      const text = texts[index];
      if (text === undefined) return;
      if (value.textContent !== text) value.textContent = text;
      value.toggleAttribute("own", changed.length > 0);
    });
    for (const origin of this.#inText("roi-origin")) {
      const [example, own] = /** @type {HTMLElement[]} */ ([...origin.children]);
      if (example) example.hidden = changed.length > 0;
      if (own) own.hidden = changed.length === 0;
    }
    remember({ ...form, changed, place: this.#place });
  }

  /**
   * @param {Reply} reply
   * @param {{correctNow?: boolean, summarize?: boolean}} manner
   */
  #show(reply, manner) {
    clearTimeout(this.#correctionTimer);
    this.#markStale(!reply.ok);
    if (reply.ok) {
      this.#correct([]);
      this.#showAnswer(reply);
      this.#tell("result", {});
      return;
    }
    this.#tell("refused", { fields: reply.errors.map(({ field }) => field) });
    const correct = () => {
      this.#correct(reply.errors, manner.summarize);
      this.#announce(`${reply.errors[0]?.message} ${this.#status?.textContent}`);
    };
    if (manner.correctNow) correct();
    else this.#correctionTimer = setTimeout(correct, CORRECTION_PAUSE_MS);
  }

  /** @param {Answered} reply */
  #showAnswer(reply) {
    const answer = this.querySelector(".roi-answer");
    if (!answer) return;
    const before = [...answer.querySelectorAll("details")];
    const open = before.filter((details) => details.open).map(({ className }) => className);
    const focused = before.find((details) => details.contains(document.activeElement))?.className;
    answer.innerHTML = reply.html; // escaped by construction in roi_calc/showing/html.py
    for (const details of answer.querySelectorAll("details")) {
      details.open = open.includes(details.className);
      if (details.className === focused) details.querySelector("summary")?.focus();
    }
    for (const input of this.#inputs) {
      this.#say(input, "note", reply.notes[nameOf(input)] ?? "");
      const unit = reply.units[nameOf(input)];
      if (unit !== undefined) this.#say(input, "unit", unit);
    }
    clearTimeout(this.#announcementTimer);
    this.#announcementTimer = setTimeout(
      () => this.#announce(reply.sentence),
      ANNOUNCEMENT_PAUSE_MS,
    );
  }

  /**
   * Says beside each field what is wrong with it and what could be meant; beside others, nothing.
   * @param {FieldError[]} errors
   * @param {boolean} [summarize] whether to list them above the form and lead the reader there
   */
  #correct(errors, summarize = false) {
    const byField = new Map(errors.map((error) => [error.field, error]));
    for (const input of this.#inputs) {
      const { message = "", suggestions = [] } = byField.get(nameOf(input)) ?? {};
      this.#say(input, "error", message);
      this.#suggest(input, suggestions);
      if (message) {
        input.setAttribute("aria-invalid", "true");
        input.closest("details")?.setAttribute("open", "");
        this.#say(input, "note", "");
      } else {
        input.removeAttribute("aria-invalid");
      }
    }
    this.#summarize(errors, summarize);
  }

  /**
   * Offers below a field what could be meant, a button each. The same ones stay where they are: one
   * may be pressed just now.
   * @param {Field} input
   * @param {Suggested[]} suggestions
   */
  #suggest(input, suggestions) {
    const error = input.closest("[data-field]")?.querySelector(".roi-error");
    const place = error?.parentElement?.querySelector(":scope > .roi-suggestions");
    const wanted = JSON.stringify(suggestions);
    if (!error || (place instanceof HTMLElement ? place.dataset.of : "[]") === wanted) return;
    place?.remove();
    if (suggestions.length === 0) return;
    const made = document.createElement("div");
    made.className = "roi-suggestions";
    made.dataset.of = wanted;
    for (const { label, field, text } of suggestions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "roi-suggestion";
      Object.assign(button.dataset, { field, text });
      const forWhom = document.createElement("span");
      forWhom.className = "roi-hidden";
      forWhom.textContent = `: ${spokenLabel(input)}`;
      button.append(label, forWhom);
      made.append(button);
    }
    error.after(made);
  }

  /**
   * @param {FieldError[]} errors
   * @param {boolean} isAsked
   */
  #summarize(errors, isAsked) {
    const summary = /** @type {HTMLElement | null} */ (this.querySelector(".roi-error-summary"));
    const list = summary?.querySelector("ul");
    if (!summary || !list) return;
    const isShown = errors.length > 0 && (isAsked || !summary.hidden);
    summary.hidden = !isShown;
    list.replaceChildren(...(isShown ? errors.map((error) => this.#errorLink(error)) : []));
    // Python may have come late: who has gone on elsewhere stays there.
    if (isShown && isAsked && this.contains(document.activeElement)) summary.focus();
  }

  /** @param {FieldError} error */
  #errorLink({ field, message }) {
    const input = this.#inputs.find((each) => nameOf(each) === field);
    const link = document.createElement("a");
    link.href = `#${input?.id}`;
    link.textContent = `${input?.labels?.[0]?.textContent ?? field}: ${message}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input?.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  /**
   * @param {Field} input
   * @param {"note" | "error" | "unit"} kind
   * @param {string} text
   */
  #say(input, kind, text) {
    const place = input.closest("[data-field]")?.querySelector(`.roi-${kind}`);
    if (place && place.textContent !== text) place.textContent = text;
  }

  /** Says that the answer is an older one, or no longer so. @param {boolean} isStale */
  #markStale(isStale) {
    this.toggleAttribute("stale", isStale);
    this.#showStatus(isStale && runtime.state === "ready" ? "stale" : runtime.state);
    if (isStale) clearTimeout(this.#announcementTimer);
  }

  /** Shows the runtime's state, and answers what was typed before Python was ready. */
  #reflect() {
    this.setAttribute("state", runtime.state);
    if (runtime.fault) this.setAttribute("fault", runtime.fault);
    else this.removeAttribute("fault");
    this.#showStatus(runtime.state);
    const retry = /** @type {HTMLElement | null} */ (this.querySelector(".roi-retry"));
    if (retry) retry.hidden = runtime.state !== "failed";
    if (runtime.state === "ready" && this.#isDirty) {
      this.#ask({ correctNow: true, summarize: this.#isSummaryDue });
    }
    if (runtime.state !== "failed") return;
    this.#announce(this.#status?.textContent ?? "");
    this.#tell("error", { code: runtime.fault });
  }

  /**
   * Tells the page what happened, as `roi-calculator:result`, `:refused` or `:error`.
   * @param {string} what
   * @param {object} detail
   */
  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`roi-calculator:${what}`, { bubbles: true, detail }));
  }

  get #status() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".roi-status"));
  }

  /** @param {string} name of the sentence that waits in the status line's data attributes */
  #showStatus(name) {
    const status = this.#status;
    // Until the next question: Python being ready again is no answer.
    const shown = this.#isOverrun && name !== "failed" ? "overrun" : name;
    if (status) status.textContent = status.dataset[shown] ?? "";
  }

  /** Has screen readers read a sentence. @param {string} sentence */
  #announce(sentence) {
    const announcement = this.querySelector(".roi-announcement");
    if (announcement) announcement.textContent = sentence;
  }

  #clearTimers() {
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#correctionTimer);
    clearTimeout(this.#announcementTimer);
  }
}
