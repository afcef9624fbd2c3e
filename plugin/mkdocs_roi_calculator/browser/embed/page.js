// The page that other sites embed: takes over what its address asks for, and tells the page around
// it how high it is and that it answers. It tells neither what is typed nor what comes out.

/** @import {FormTexts} from "../python/protocol.js" */

import { RoiCalculatorElement } from "../calculator/element.js";
import { runtime } from "../python/runtime.js";
import { newSandboxedWorker } from "../python/start-sandboxed.js";
import { readableOn } from "./colour.js";
import { currencyNames } from "./currencies.js";
import { turn } from "./turn.js";

if (self.origin === "null") runtime.makeWorker = newSandboxedWorker;
customElements.define("roi-calculator", RoiCalculatorElement);

const NAMESPACE = "roi-calculator";
const VERSION = 1;
const MOST_CHARACTERS = 2048;
/** How often a frame looks whether it has a width. */
const WIDTH_MS = 100;
const NUMBER = /^-?\d{1,15}(\.\d{1,9})?%?$/;
const COLOUR = /^#?[0-9a-f]{6}$/i;
const LANGUAGE = /^[a-z]{2,3}([-_][a-z\d]{2,8}){0,3}$/i;
const CURRENCY = /^[a-z]{3}$/i;
const RADIUS = /^(\d|1\d|2[0-4])$/;
/** What embed.css knows, by attribute of the page; the first is there without any. */
const LOOKS = {
  theme: ["auto", "light", "dark"],
  font: ["sans", "serif", "mono"],
  spacing: ["normal", "compact", "wide"],
};
// WordPress' own, in the fragment.
const SECRET = "secret";
// Every other name is that of a field.
const OURS = [SECRET, "language", "currency", "accent", "radius", ...Object.keys(LOOKS)];

const root = document.documentElement;
const id = root.dataset.embed ?? "";
const frame = /** @type {HTMLElement} */ (document.querySelector(".roi-frame"));
const block = /** @type {HTMLElement} */ (frame.querySelector("roi-calculator"));
const touched = new Promise((resolve) => {
  for (const type of ["focusin", "pointerdown"]) block.addEventListener(type, resolve);
});
runtime.takeTurn = () => turn(block, touched);
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @type {Set<string>} what the address or the page around asked for in vain */
const ignored = new Set();

/** @param {string} text */
const quoted = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** @param {string} text */
const ignore = (text) => ignored.add(text);

/** Says once what was ignored. */
function tellIgnored() {
  if (ignored.size) console.warn(`${NAMESPACE}: ignored ${[...ignored].join(", ")}`);
  ignored.clear();
}

/**
 * What the address asks for, by name: the fragment wins, which no server sees, and of two the
 * first.
 * @returns {Map<string, string>}
 */
function asked() {
  /** @type {Map<string, string>} */
  const all = new Map();
  for (const text of [location.hash, location.search]) {
    const here = new Set();
    const query = text.replace(/^#?\??/, "");
    if (query.length > MOST_CHARACTERS) {
      ignore(`${query.length} characters of address`);
      continue;
    }
    for (const [name, value] of new URLSearchParams(query)) {
      if (here.has(name)) ignore(`a second ${quoted(name)}`);
      else if (!all.has(name)) all.set(name, value);
      here.add(name);
    }
  }
  return all;
}

/** @param {string | undefined} accent */
function paint(accent) {
  if (!accent) return;
  const paper = getComputedStyle(root).getPropertyValue("--paper");
  const hex = accent.startsWith("#") ? accent : `#${accent}`;
  const readable = readableOn(hex, paper);
  root.style.setProperty("--roi-accent", readable);
  if (readable !== hex.toLowerCase()) {
    console.info(`${NAMESPACE}: accent ${hex} is ${readable} here, to be readable on ${paper}`);
  }
}

let accent = "";

/** @param {(name: string) => unknown} wished by name, undefined for none */
function dress(wished) {
  /** @param {string} name @param {(text: string) => boolean} isKnown */
  const wish = (name, isKnown) => {
    const value = wished(name);
    const text = typeof value === "number" ? `${value}` : value;
    if (typeof text === "string" && isKnown(text)) return text;
    if (value !== undefined)
      ignore(`${name}=${quoted(typeof text === "string" ? text : typeof text)}`);
    return undefined;
  };
  for (const [name, values] of Object.entries(LOOKS)) {
    const value = wish(name, (text) => values.includes(text));
    if (value === values[0]) delete root.dataset[name];
    else if (value !== undefined) root.dataset[name] = value;
  }
  const radius = wish("radius", (text) => RADIUS.test(text));
  if (radius !== undefined) root.style.setProperty("--roi-radius", `${radius}px`);
  accent = wish("accent", (text) => COLOUR.test(text)) ?? accent;
  paint(accent);
}

/**
 * Goes to this page in another language, with everything else that the address asks for.
 * @param {string | undefined} tag a region leads to the page of its language
 * @returns {boolean} whether this page is being left
 */
function translate(tag) {
  if (tag === undefined) return false;
  const base = LANGUAGE.test(tag) ? tag.toLowerCase().split(/[-_]/)[0] : "";
  if (base === root.lang.split("-")[0]) return false;
  const other = [...document.querySelectorAll("link")].find(
    ({ hreflang }) => base && hreflang.split("-")[0] === base,
  );
  if (!other) ignore(`language=${quoted(tag)}`);
  // The wish goes along: there it is the page's own language.
  else location.replace(`${other.href}${location.search}${location.hash}`);
  return Boolean(other);
}

/**
 * Has form and answer take another currency, both at once; every number stays as it is.
 * @param {string | undefined} asked
 */
async function changeCurrency(asked) {
  const code = asked?.toUpperCase();
  if (asked === undefined || code === undefined || code === block.getAttribute("currency")) return;
  const names = CURRENCY.test(asked) ? await currencyNames(root.lang) : {};
  if (!names) {
    console.warn(`${NAMESPACE}: the names of currencies could not be read`);
    return;
  }
  if (!Object.hasOwn(names, code)) {
    ignore(`currency=${quoted(asked)}`);
    tellIgnored();
    return;
  }
  const language = block.getAttribute("language") ?? "";
  runtime.start(language);
  await pythonReady();
  const reply = await runtime.evaluate({
    calculator: block.getAttribute("calculator") ?? "",
    language,
    currency: code,
    values: example(),
    comparison: "",
    called: names[code] ?? "",
  });
  if (!reply.ok || !reply.form) return;
  const { form } = reply;
  const shown = new AbortController();
  const show = () => {
    showForm(form);
    shown.abort();
  };
  for (const type of ["result", "refused"]) {
    block.addEventListener(`roi-calculator:${type}`, show, { signal: shown.signal });
  }
  block.setAttribute("currency", code);
  block.dispatchEvent(new Event("change"));
}

/** @returns {Promise<void>} */
const pythonReady = () =>
  new Promise((resolve) => {
    const look = () => runtime.state === "ready" && resolve();
    runtime.addEventListener("statechange", look);
    look();
  });

/** @returns {Record<string, string>} what the page was built with, by field */
function example() {
  const fields = [...frame.querySelectorAll("input, select")];
  return Object.fromEntries(
    fields.map((field) => [
      field.getAttribute("name"),
      field instanceof HTMLInputElement
        ? field.defaultValue
        : field.querySelector("[selected]")?.getAttribute("value"),
    ]),
  );
}

/** @param {FormTexts} texts */
function showForm({ currency, published }) {
  const line = frame.querySelector(".roi-currency");
  if (line) line.textContent = currency;
  for (const error of frame.querySelectorAll(".roi-below > .roi-error")) {
    const field = error.closest("[data-field]")?.getAttribute("data-field") ?? "";
    error.parentElement?.querySelector(".roi-benchmarks")?.remove();
    // escaped by construction in roi_calc/showing/html.py
    error.insertAdjacentHTML("afterend", published[field] ?? "");
  }
}

/**
 * Puts a value into a field, as a reader of this language types it.
 * @param {string} name
 * @param {string} value in the neutral notation: a point for decimals, `80..100..130` for a range,
 *   and the sign behind a share from 1 % down, which Python asks for
 * @returns {string | undefined} what stands in the field; undefined without such a field or value
 */
function fill(name, value) {
  const field = [...frame.querySelectorAll("input, select")].find(
    (each) => each.getAttribute("name") === name,
  );
  if (field instanceof HTMLSelectElement) {
    if (![...field.options].some((option) => option.value === value)) return undefined;
    field.value = value;
    return value;
  }
  const numbers = value.split("..");
  const isNumber = [1, 3].includes(numbers.length) && numbers.every((each) => NUMBER.test(each));
  if (!(field instanceof HTMLInputElement) || !isNumber) return undefined;
  const decimal = root.dataset.decimal ?? ".";
  field.value = numbers.map((each) => each.replace(".", decimal)).join("..");
  field.closest("details")?.setAttribute("open", "");
  return field.value;
}

/** @type {Map<string, string>} what the address put into which field, until Python has taken it */
const filled = new Map();

/**
 * Gives fields back their example where Python refuses what the address put into them: those that
 * it names, and where it names none of them, all.
 * @param {string[]} refused the names of fields
 */
function unfill(refused) {
  const inputs = [...frame.querySelectorAll("input")];
  const fields = inputs.filter(({ name, value }) => filled.get(name) === value);
  // The end of a range may be named, which the address wrote into the field of the whole.
  const named = fields.filter(({ name }) =>
    refused.some((each) => `${each}.`.startsWith(`${name}.`)),
  );
  const isReaders = inputs.some(
    (each) =>
      refused.includes(each.name) && !fields.includes(each) && each.value !== each.defaultValue,
  );
  for (const field of named.length || isReaders ? named : fields) {
    ignore(`${field.name}=${quoted(field.value)}`);
    field.value = field.defaultValue;
    filled.delete(field.name);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  tellIgnored();
}

/** @param {unknown} message */
const post = (message) => {
  if (parent !== window) parent.postMessage(message, "*");
};

/**
 * @param {string} type
 * @param {object} [more]
 */
const tell = (type, more = {}) => post({ ns: NAMESPACE, v: VERSION, id, type, ...more });

/** @type {string | undefined} */
let secret;
/** @type {{windowId: unknown, isText: boolean} | undefined} Iframely's name for this frame */
let registered;
let height = 0;

/** Tells how high the page is, in the words of whoever may listen. @param {boolean} [again] */
function tellHeight(again = false) {
  if (!innerWidth) return;
  const now = Math.ceil(frame.getBoundingClientRect().height);
  if (now === height && !again) return;
  height = now;
  tell("resize", { height });
  if (secret !== undefined) post({ message: "height", value: height, secret });
  if (registered) {
    const said = { method: "resize", windowId: registered.windowId, height };
    post(registered.isText ? JSON.stringify(said) : said);
  }
  const [src] = location.href.split(/[?#]/);
  post(JSON.stringify({ context: "iframe.resize", src, height }));
  post({ sentinel: "amp", type: "embed-size", height });
}

/** @param {unknown} data @returns {Record<string, unknown>} */
function record(data) {
  try {
    const read = typeof data === "string" ? JSON.parse(data) : data;
    return read && typeof read === "object" ? read : {};
  } catch {
    return {};
  }
}

addEventListener("message", ({ source, data }) => {
  if (source !== parent || source === window) return;
  const said = record(data);
  if (said.ns === NAMESPACE && said.v === VERSION && said.type === "init") {
    dress((name) => said[name]);
    tellIgnored();
    tellHeight(true);
  } else if (said.method === "register" && said.windowId !== undefined) {
    registered = { windowId: said.windowId, isText: typeof data === "string" };
    tellHeight(true);
  } else if (said.message === "ready" && secret !== undefined && said.secret === secret) {
    // WordPress listens from now on, and may have missed what was told before.
    tellHeight(true);
  }
});

// A frame that may open no window: WordPress opens links that it knows itself.
frame.addEventListener("click", ({ target }) => {
  const link = target instanceof Element ? target.closest("a") : null;
  if (link && secret !== undefined) post({ message: "link", value: link.href, secret });
});

frame.addEventListener("roi-calculator:result", () => {
  filled.clear();
  tell("result");
});
frame.addEventListener("roi-calculator:refused", (event) => {
  if (filled.size && event instanceof CustomEvent) unfill(event.detail.fields);
});
frame.addEventListener("roi-calculator:error", (event) => {
  if (event instanceof CustomEvent) tell("error", { detail: event.detail.code });
});

/** @param {Map<string, string>} wishes */
function begin(wishes) {
  secret = wishes.get(SECRET);
  dress((name) => wishes.get(name));
  for (const [name, value] of wishes) {
    if (OURS.includes(name)) continue;
    const text = fill(name, value);
    if (text !== undefined) filled.set(name, text);
    else ignore(`${quoted(name)}=${quoted(value)}`);
  }
  changeCurrency(wishes.get("currency")).catch((error) => console.error(`${NAMESPACE}:`, error));
  tellIgnored();
  dark.addEventListener("change", () => paint(accent));
  // In a frame, so that what is measured is what is shown.
  new ResizeObserver(() => requestAnimationFrame(() => tellHeight())).observe(frame);
  // A page that comes back from the browser's memory has a new parent's frame to fill.
  addEventListener("pageshow", () => tellHeight(true));
  tellReady();
}

/**
 * Tells that the page is there, and how high it is: not before the frame has a width. No observer
 * does in a frame that is hidden until its height is known, as WordPress keeps them.
 */
function tellReady() {
  if (innerWidth) {
    tell("ready", { height: Math.ceil(frame.getBoundingClientRect().height) });
    tellHeight();
    // No event tells a frame of its first size, least of all one that is far from the screen.
  } else setTimeout(tellReady, WIDTH_MS);
}

const wishes = asked();
if (!translate(wishes.get("language"))) begin(wishes);
