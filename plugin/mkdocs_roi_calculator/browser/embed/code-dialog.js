// The dialog of `<roi-embed>`, with the codes for other sites. Python wrote the codes; here the
// address is put into them, shown in a preview, and copied. Its style comes with it.

import { blockOf, nameOf } from "../calculator/blocks.js";
import { fieldsOf, isChanged } from "../calculator/fields.js";
import { readableOn } from "./color.js";
import { currencyNames } from "./currencies.js";
import { neutral } from "./neutral.js";

const EVENTS = ["click", "input", "change"];
const LEAST_HEIGHT = 120;
const STYLE = "./code-dialog.css";

/** @param {string} text for an attribute or an element */
const escaped = (text) =>
  text.replace(/[&"<>]/g, (each) => `&#${each.charCodeAt(0)};`).replaceAll("&#38;", "&amp;");

/** The dialog in an element; fetched when it is opened first. */
export class EmbedDialog {
  #host;
  /** @type {Promise<void> | undefined} */
  #styled;
  #isPrepared = false;
  /** What was copied last. */
  #copied = "";
  /** What there was to say of the code last. */
  #noted = "";
  /** What the preview is to show. */
  #source = "";
  /** @type {HTMLIFrameElement | undefined} the frame that takes the preview's place once it shows */
  #next;
  #leaving = new AbortController();

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
    const { signal } = this.#leaving;
    for (const type of EVENTS) host.addEventListener(type, this, { signal });
    addEventListener("message", (event) => this.#receive(event), { signal });
  }

  /** Hears nothing any more: the page is gone. */
  leave() {
    this.#leaving.abort();
  }

  async open() {
    this.#styled ??= this.#style();
    await this.#styled;
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    // The next thing to do, and not the first field of a preview that was shown before.
    this.#host.querySelector(".roi-embed-copy")?.setAttribute("autofocus", "");
    dialog.showModal();
    // The focus takes some browsers down to it, which is in view from the top.
    dialog.scrollTop = 0;
    this.#write();
    this.#prepare();
  }

  /**
   * Fetches what the dialog looks like; without it, it is open all the same.
   * @returns {Promise<void>}
   */
  #style() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(STYLE, import.meta.url).href;
    return new Promise((resolve) => {
      for (const type of ["load", "error"]) link.addEventListener(type, () => resolve());
      this.#host.prepend(link);
    });
  }

  /** Looks up, once, what the page itself does not say. */
  async #prepare() {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    await Promise.all([this.#offerCurrencies(), this.#preferOwnPages()]);
    this.#write();
  }

  /** @param {Event} event */
  handleEvent({ type, target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (type === "click" && !button) return;
    if (button?.matches(".roi-embed-close")) this.#dialog?.close();
    else if (button?.matches(".roi-embed-copy")) this.#copy();
    else if (type === "change" || type === "input") this.#write();
  }

  get #dialog() {
    return this.#host.querySelector("dialog");
  }

  get #code() {
    return /** @type {HTMLTextAreaElement} */ (this.#host.querySelector(".roi-embed-code"));
  }

  /**
   * @template {HTMLInputElement | HTMLSelectElement} Field
   * @param {string} name
   */
  #option(name) {
    return /** @type {Field} */ (this.#host.querySelector(`[data-option="${name}"]`));
  }

  /** Takes the site's own page in a language where it has one, which leads home to that page. */
  async #preferOwnPages() {
    const select = /** @type {HTMLSelectElement} */ (this.#option("language"));
    for (const link of document.querySelectorAll("link[rel~=alternate][hreflang]")) {
      const [language] = (link.getAttribute("hreflang") ?? "").split("-");
      const option = [...select.options].find(({ value }) => value.split("-")[0] === language);
      if (!option || option.index === 0) continue;
      const page = new URL(
        this.#host.dataset.frame ?? "",
        /** @type {HTMLLinkElement} */ (link).href,
      );
      const here = new URL(page.pathname, location.href);
      const found = await fetch(here, { method: "HEAD" }).catch(() => undefined);
      if (found?.ok) option.dataset.address = page.href;
    }
  }

  async #offerCurrencies() {
    const select = /** @type {HTMLSelectElement | null} */ (this.#option("currency"));
    const own = select?.options[0];
    if (!select || !own) return;
    const names = (await currencyNames(this.#host.lang)) ?? {};
    if (names[own.value]) own.text = `${own.value} – ${names[own.value]}`;
    for (const [code, name] of Object.entries(names)) {
      if (name && code !== own.value) select.append(new Option(`${code} – ${name}`, code));
    }
  }

  /** Writes the chosen code, and shows it. */
  #write() {
    const wishes = this.#look();
    const values = /** @type {HTMLInputElement} */ (this.#option("values"));
    const isWhole = !values.checked || this.#addValues(wishes);
    const language = /** @type {HTMLSelectElement} */ (this.#option("language")).selectedOptions[0];
    const chosen = language?.dataset.address ?? "";
    const hash = `${wishes}` && `#${wishes}`;
    this.#preview(chosen, hash);
    const view = /** @type {HTMLSelectElement} */ (this.#option("view")).selectedOptions[0];
    const kind = this.#kind;
    const isMarkup = kind?.value !== "address";
    const pinned = /** @type {HTMLInputElement} */ (this.#option("pinned"));
    const place = pinned.closest("p");
    if (place) place.hidden = kind?.dataset.pinned === undefined;
    const code = (pinned.checked && kind?.dataset.pinned) || kind?.dataset.code;
    /** @type {Record<string, string>} */
    const known = {
      address: `${chosen}${hash}`,
      title: language?.dataset.title ?? "",
      height: view?.dataset.height ?? "",
    };
    const before = this.#code.value;
    this.#code.value = (code ?? "").replace(/\{(address|title|height)\}/g, (_, name) =>
      isMarkup ? escaped(known[name] ?? "") : (known[name] ?? ""),
    );
    const note = this.#note(wishes, isWhole);
    // Else what was said of copying stays.
    if (this.#code.value !== before || note !== this.#noted) this.#say(note);
    this.#noted = note;
  }

  /**
   * What there is to say of the code.
   * @param {URLSearchParams} wishes
   * @param {boolean} isWhole whether it has all that stands in the form
   */
  #note(wishes, isWhole) {
    const accent = wishes.get("accent");
    const theme = /** @type {HTMLSelectElement} */ (this.#option("theme")).selectedOptions[0];
    const shown = accent && readableOn(accent, theme?.dataset.paper ?? "");
    if (shown && shown !== `#${accent}`) {
      return this.#said("adjusted").replace("{shown}", shown);
    }
    if (!isWhole) return this.#said("leftOut");
    return this.#copied && this.#copied !== this.#code.value ? this.#said("changed") : "";
  }

  /** The code that is chosen. @returns {HTMLInputElement | null} */
  get #kind() {
    return this.#host.querySelector('[data-option="kind"]:checked');
  }

  /** @returns {URLSearchParams} how the frame is to look, where that is not the default */
  #look() {
    const wishes = new URLSearchParams();
    for (const name of ["view", "currency", "theme", "font", "spacing"]) {
      const select = /** @type {HTMLSelectElement | null} */ (this.#option(name));
      const chosen = select?.selectedOptions[0];
      if (chosen && !chosen.defaultSelected) wishes.set(name, chosen.value);
    }
    const own = /** @type {HTMLInputElement} */ (this.#option("own-accent"));
    if (own.checked) wishes.set("accent", this.#option("accent").value.slice(1));
    const radius = /** @type {HTMLInputElement} */ (this.#option("radius"));
    if (radius.value && radius.validity.valid) wishes.set("radius", `${radius.valueAsNumber}`);
    return wishes;
  }

  /**
   * Adds what the reader changed in the form, as an address writes it.
   * @param {URLSearchParams} wishes
   * @returns {boolean} whether every changed field could be written
   */
  #addValues(wishes) {
    const { decimal = ".", group = "," } = this.#host.dataset;
    const block = blockOf(this.#host);
    let isWhole = true;
    for (const field of block ? fieldsOf(block).filter(isChanged) : []) {
      const isRefused = field.getAttribute("aria-invalid") === "true";
      const isChoice = field instanceof HTMLSelectElement;
      const text = isChoice ? field.value : neutral(field.value, decimal, group);
      if (isChoice || (text && !isRefused)) wishes.set(nameOf(field), text);
      else isWhole = false;
    }
    return isWhole;
  }

  /**
   * @param {string} address
   * @param {string} hash
   */
  #preview(address, hash) {
    this.#source = new URL(`${new URL(address).pathname}${hash}`, location.href).href;
    this.#showNext();
  }

  get #stage() {
    return /** @type {HTMLElement} */ (this.#host.querySelector(".roi-embed-preview"));
  }

  /**
   * Has a new frame take the preview's place as soon as it shows something, so that nothing is blank
   * or moves meanwhile. One at a time: a color that is dragged changes faster than pages load.
   */
  #showNext() {
    const stage = this.#stage;
    const before = /** @type {HTMLIFrameElement | null} */ (stage.lastElementChild);
    if (this.#next || before?.src === this.#source) return;
    // Anew, because another fragment alone loads nothing.
    const frame = document.createElement("iframe");
    this.#next = frame;
    frame.title = stage.dataset.title ?? "";
    frame.src = this.#source;
    const show = () => {
      before?.remove();
      this.#next = undefined;
      frame.contentDocument?.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") this.#dialog?.close();
      });
      this.#showNext();
    };
    frame.addEventListener("load", show, { once: true });
    stage.append(frame);
  }

  /** @param {MessageEvent} event */
  #receive({ source, data }) {
    const frames = this.#stage.querySelectorAll("iframe");
    const frame = [...frames].find(({ contentWindow }) => contentWindow === source);
    if (!frame || data?.ns !== "roi-calculator") return;
    if (!Number.isFinite(data.height) || data.height < LEAST_HEIGHT) return;
    // The style has it end where the place for it does.
    frame.style.height = `${data.height}px`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.value);
      this.#copied = this.#code.value;
      this.#say(this.#said(this.#kind?.value === "address" ? "copiedAddress" : "copied"));
    } catch {
      this.#code.focus();
      this.#code.select();
      this.#say(this.#said("notCopied"));
    }
  }

  /** @param {string} name of a sentence that waits in the page */
  #said(name) {
    const place = /** @type {HTMLElement | null} */ (this.#host.querySelector(".roi-embed-said"));
    return place?.dataset[name] ?? "";
  }

  /** @param {string} sentence */
  #say(sentence) {
    const place = this.#host.querySelector(".roi-embed-said");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }
}
