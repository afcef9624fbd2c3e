// `<roi-calculator>`: makes the prerendered form live. It sends what is typed to Python and puts
// what comes back in its place; until then the quick answer stands there, if there is one.

/** @import {Answered, Form, Reply} from "../python/protocol.js" */
/** @import {Quick} from "./quick.js" */

import { OverrunError, runtime } from "../python/runtime.js";
import { claimIds, definitionOf, nameOf } from "./blocks.js";
import { earlierFor, forgetEarlier, offerEarlier, takeOver } from "./carry-over.js";
import { correct } from "./corrections.js";
import {
  bringIntoSight,
  enterAgain,
  enterFigure,
  enterSuggestion,
  fieldNamed,
  fieldsOf,
  isChanged,
  say,
  textsOf,
} from "./fields.js";
import { clickInText, follow, liveValuesOf } from "./prose.js";
import { quickAnswer } from "./quick.js";
import { remember } from "./tab-memory.js";

// Nobody is corrected in the middle of a number, nor read a new answer at every key.
const CORRECTION_PAUSE_MS = 900;
const ANNOUNCEMENT_PAUSE_MS = 700;
const NEARBY = "300px";
const EVENTS = ["input", "change", "submit", "reset", "focusin", "pointerdown", "keydown", "click"];

/**
 * How a question is asked: whether what is wrong is said at once, and also listed above the form.
 * @typedef {{correctNow?: boolean, summarize?: boolean}} Manner
 */

/**
 * A quick answer, and the texts that it is to.
 * @typedef {{texts: string, parts: Record<string, string>}} Quickly
 */

/** Whether the reader asked for, or has, a connection too thin for a download on a guess. */
function isThinConnection() {
  const { connection } =
    /** @type {{connection?: {saveData?: boolean, effectiveType?: string}}} */ (navigator);
  return connection?.saveData || /[23]g$/.test(connection?.effectiveType ?? "");
}

/**
 * What stood in the forms of this page, by their places, while it is drawn anew: Material's instant
 * navigation does that for the first link to a place within it.
 * @type {Map<string, Record<string, string>>}
 */
const redrawn = new Map();

/** @param {() => void} task */
const whenIdle = (task) =>
  "requestIdleCallback" in window ? requestIdleCallback(task) : setTimeout(task, 200);

/**
 * Puts a newer answer in place; what the reader has opened in it stays open.
 * @param {Element} part
 * @param {string} html escaped by construction in roi_calc/showing/html.py
 */
function replace(part, html) {
  const before = [...part.querySelectorAll("details")];
  const open = before.filter((details) => details.open).map(({ className }) => className);
  const focused = before.find((details) => details.contains(document.activeElement))?.className;
  part.innerHTML = html;
  for (const details of part.querySelectorAll("details")) {
    details.open = open.includes(details.className);
    if (details.className === focused) details.querySelector("summary")?.focus();
  }
}

export class RoiCalculatorElement extends HTMLElement {
  #lastQuestion = 0;
  /** What is said without Python of the texts in the fields. @type {Quickly | undefined} */
  #quickly;
  #isDirty = false;
  #isOverrun = false;
  /** How many questions Python has at once: one, but for those that do not wait. */
  #atWork = 0;
  /** Whether there is a newer number than Python is at work on. */
  #isAskedAgain = false;
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
    this.addEventListener("toggle", this, { capture: true }); // which does not bubble
    runtime.addEventListener("statechange", this);
    this.#reflect();
    this.#place = `${location.pathname}#${this.dataset.block}`;
    if (!enterAgain(this, redrawn.get(this.#place) ?? {})) offerEarlier(this);
    redrawn.delete(this.#place);
    this.#leaving = new AbortController();
    document.addEventListener("click", (event) => clickInText(this, event), {
      signal: this.#leaving.signal,
    });
    const boot = isThinConnection() ? "intent" : this.getAttribute("boot");
    // Who was quicker than this script is at work already, and no event says so again.
    if (this.contains(document.activeElement)) this.#startForTouch();
    else if (boot === "load") whenIdle(() => runtime.start(this.#language));
    else if (boot !== "intent") this.#startWhenNear();
    // Who typed before this script was there, and a browser that restores what was typed on the last
    // visit, tell nobody.
    if (fieldsOf(this).some(isChanged)) this.#answerQuickly();
    whenIdle(() => {
      claimIds(this);
      if (fieldsOf(this).some(isChanged)) this.#ask();
      // A weak telephone compiles now what the first key needs.
      else if (this.#quick) quickAnswer(this.#quick, textsOf(this));
    });
    this.#tell("connected", {});
  }

  disconnectedCallback() {
    if (this.#place.startsWith(`${location.pathname}#`)) redrawn.set(this.#place, textsOf(this));
    for (const type of EVENTS) this.removeEventListener(type, this);
    this.removeEventListener("toggle", this, { capture: true });
    runtime.removeEventListener("statechange", this);
    this.#observer?.disconnect();
    this.#leaving?.abort();
    for (const timer of [this.#correctionTimer, this.#announcementTimer]) clearTimeout(timer);
  }

  #startWhenNear() {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return;
        this.#observer?.disconnect();
        whenIdle(() => runtime.start(this.#language));
      },
      { rootMargin: NEARBY },
    );
    this.#observer.observe(this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "statechange") this.#reflect();
    else if (event.type === "input") this.#askTyped();
    else if (event.type === "change") this.#ask({ correctNow: true });
    else if (event.type === "submit") event.preventDefault();
    else if (event instanceof KeyboardEvent) this.#press(event);
    else if (event.type === "click") this.#click(event);
    // The fields still hold what was typed while the event runs.
    else if (event.type === "reset") setTimeout(() => this.#ask({ correctNow: true }));
    else if (event.type !== "toggle") this.#startForTouch();
    else if (this.#isDirty && !this.#isSpared) runtime.start(this.#language);
  }

  /** Starts Python for whoever is about to type; on a thin connection for what needs it alone. */
  #startForTouch() {
    if (!(isThinConnection() && this.#quick)) runtime.start(this.#language);
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
  #click({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.matches(".roi-retry")) this.#retry();
    else if (button?.matches(".roi-forget")) forgetEarlier(this);
    else if (button?.matches(".roi-take")) {
      this.#isTaking = true;
      this.#ask({ correctNow: true });
    } else if (button?.matches(".roi-open")) {
      bringIntoSight(fieldNamed(this, button.dataset.opens));
    } else if (button?.matches(".roi-apply")) {
      enterFigure(this, button);
      this.#ask({ correctNow: true });
    } else if (button?.matches(".roi-suggestion") && enterSuggestion(this, button)) {
      this.#ask({ correctNow: true });
    }
  }

  #retry() {
    this.#status?.focus(); // the button is about to go
    this.#isDirty = true;
    runtime.retry();
  }

  /** Asks at every key, but for those that come while Python is at work: of them the last. */
  #askTyped() {
    this.#isSummaryDue = false;
    clearTimeout(this.#correctionTimer);
    if (this.#atWork === 0) {
      this.#ask();
      return;
    }
    this.#answerQuickly();
    this.#isAskedAgain = true;
    this.#lastQuestion += 1; // what is being answered is no longer asked
  }

  get #quick() {
    /** @type {Quick} */
    const quick = JSON.parse(this.getAttribute("quick") ?? "{}");
    return quick.currency === this.getAttribute("currency") ? quick : undefined;
  }

  /** Says at once what can be said without Python of the texts in the fields, if anything can. */
  #answerQuickly() {
    const typed = textsOf(this);
    const texts = JSON.stringify(typed);
    if (texts === this.#quickly?.texts) return;
    const quick = this.#quick;
    const isOutOfSight = fieldsOf(this)
      .filter(isChanged)
      .some((field) => !Object.hasOwn(quick?.inputs ?? {}, nameOf(field)));
    const said = quick && !isOutOfSight && quickAnswer(quick, typed);
    this.#quickly = said ? { texts, parts: said.parts } : undefined;
    if (!said) return;
    this.#put(said.parts);
    for (const [name, unit] of Object.entries(said.units)) {
      const field = fieldNamed(this, name);
      if (field) say(field, "unit", unit);
    }
    // Python's answer, if it is there, is remembered in a moment.
    if (runtime.state !== "ready") this.#remember(this.#form);
    // Everything else waits for Python.
    this.toggleAttribute("stale", false);
    this.toggleAttribute("waiting", true);
    this.#showStatus(runtime.state);
    const glance = [...this.querySelectorAll(".roi-big-label, .roi-big")];
    this.#announceSoon(glance.map(({ textContent }) => textContent).join(" "));
  }

  /** Whether Python is not worth its bytes yet: nothing is in sight that only Python can say. */
  get #isSpared() {
    return this.#quickly && isThinConnection() && !this.querySelector(".roi-more[open]");
  }

  /**
   * Sends the fields to Python, or keeps that in mind until it is ready.
   * @param {Manner} [manner]
   */
  async #ask(manner = {}) {
    this.#isAskedAgain = false;
    this.#answerQuickly();
    this.#isDirty = runtime.state !== "ready";
    if (this.#isDirty) {
      this.#isSummaryDue ||= manner.summarize ?? false;
      if (!this.#isSpared) runtime.start(this.#language);
      if (this.#quickly) return;
      // What is shown is not the answer to what is typed, whether or not Python ever comes.
      this.toggleAttribute("stale", true);
      this.#announce(this.#status?.textContent ?? "");
      return;
    }
    this.#isSummaryDue = false;
    const question = ++this.#lastQuestion;
    this.#isOverrun = false;
    const asked = this.#form;
    const live = liveValuesOf(this);
    const isTaking = this.#isTaking;
    this.#atWork += 1;
    try {
      const reply = await runtime.evaluate({
        ...asked,
        view: this.getAttribute("view") ?? "",
        comparison: this.getAttribute("comparison") ?? "",
        live: live.map((value) => value.getAttribute("of") ?? ""),
        earlier: isTaking ? earlierFor(this) : [],
      });
      if (question !== this.#lastQuestion) return;
      if (isTaking) takeOver(this, reply);
      this.#isTaking = false;
      this.#compare(reply);
      this.#show(reply, manner);
      if (reply.ok) this.#tellPage(live, reply.live, isTaking ? this.#form : asked);
    } catch (error) {
      console.error("roi-calculator:", error);
      // What the reader types next is not to fail on earlier numbers.
      this.#isTaking = false;
      if (question !== this.#lastQuestion) return;
      this.#isOverrun = error instanceof OverrunError;
      this.#markStale(true);
      if (this.#isOverrun) this.#announce(this.#status?.textContent ?? "");
    } finally {
      this.#atWork -= 1;
      if (this.#isAskedAgain && this.#atWork === 0) this.#ask();
    }
  }

  get #language() {
    return this.getAttribute("language") ?? "";
  }

  /** @returns {Form} */
  get #form() {
    return {
      calculator: this.getAttribute("calculator") ?? "",
      ...definitionOf(this),
      language: this.#language,
      currency: this.getAttribute("currency") ?? "",
      values: textsOf(this),
    };
  }

  /**
   * Has the page's text say the new values, and the tab remember them.
   * @param {Element[]} live
   * @param {(string | undefined)[]} texts
   * @param {Form} form that was answered
   */
  #tellPage(live, texts, form) {
    follow(this, live, texts, fieldsOf(this).some(isChanged));
    this.#remember(form);
  }

  /** @param {Form} form that was answered */
  #remember(form) {
    const changed = fieldsOf(this).filter(isChanged).map(nameOf);
    // Of somebody else's numbers only what was changed in them, and beside the reader's own.
    const linked = this.getAttribute("linked");
    if (linked === "as-sent") return;
    remember({ ...form, changed, place: linked ? `${this.#place}&link` : this.#place });
  }

  /**
   * @param {Reply} reply
   * @param {Manner} manner
   */
  #show(reply, manner) {
    clearTimeout(this.#correctionTimer);
    this.#markStale(!reply.ok);
    if (reply.ok) {
      correct(this, []);
      this.#showAnswer(reply);
      this.#tell("result", {});
      return;
    }
    this.#tell("refused", { fields: reply.errors.map(({ field }) => field) });
    const correctAll = () => {
      correct(this, reply.errors, manner.summarize);
      // The list of mistakes is read where it takes the focus, and not here too.
      const isRead = document.activeElement?.matches(".roi-error-summary");
      this.#announce(isRead ? "" : `${reply.errors[0]?.message} ${this.#status?.textContent}`);
    };
    if (manner.correctNow) correctAll();
    else this.#correctionTimer = setTimeout(correctAll, CORRECTION_PAUSE_MS);
  }

  /**
   * Tells of a quick answer that is not Python's. Python's stands.
   * @param {Reply} reply to the texts in the fields
   */
  #compare(reply) {
    const said = reply.ok ? reply.parts : {};
    const { parts: quick = {}, texts } = this.#quickly ?? {};
    const parts = Object.keys(quick).filter((name) => said[name] !== quick[name]);
    if (parts.length === 0 || texts !== JSON.stringify(textsOf(this))) return;
    console.warn("roi-calculator: Python differs in", ...parts);
    this.#quickly = undefined;
    this.removeAttribute("quick");
    this.#tell("differs", { parts });
  }

  /** @param {Record<string, string>} parts the markup of some, by name */
  #put(parts) {
    for (const part of this.querySelectorAll("[data-part]")) {
      const html = parts[part.getAttribute("data-part") ?? ""];
      if (html !== undefined) replace(part, html);
    }
  }

  /** @param {Answered} reply */
  #showAnswer(reply) {
    // What stands there already may have been selected.
    const said = this.#quickly?.parts ?? {};
    const newer = Object.entries(reply.parts).filter(([name, html]) => said[name] !== html);
    this.#put(Object.fromEntries(newer));
    for (const field of fieldsOf(this)) {
      say(field, "note", reply.notes[nameOf(field)] ?? "");
      const unit = reply.units[nameOf(field)];
      if (unit !== undefined) say(field, "unit", unit);
    }
    this.#announceSoon(reply.sentence);
  }

  /** @param {string} sentence to be read once nothing newer came for a while */
  #announceSoon(sentence) {
    clearTimeout(this.#announcementTimer);
    this.#announcementTimer = setTimeout(() => this.#announce(sentence), ANNOUNCEMENT_PAUSE_MS);
  }

  /** Says that the answer is an older one, or no longer so. @param {boolean} isStale */
  #markStale(isStale) {
    this.toggleAttribute("stale", isStale && !this.#quickly);
    this.toggleAttribute("waiting", isStale && !!this.#quickly);
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
   * Tells the page what happened, as `roi-calculator:connected`, `:result`, `:refused`,
   * `:differs` or `:error`.
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
    // A quick answer stands there, and something else is missing.
    const behind = this.hasAttribute("waiting") ? status?.dataset[`${shown}Behind`] : undefined;
    if (status) status.textContent = behind ?? status.dataset[shown] ?? "";
  }

  /** Has screen readers read a sentence, and not the same one again. @param {string} sentence */
  #announce(sentence) {
    const announcement = this.querySelector(".roi-announcement");
    if (announcement && announcement.textContent !== sentence) announcement.textContent = sentence;
  }
}
