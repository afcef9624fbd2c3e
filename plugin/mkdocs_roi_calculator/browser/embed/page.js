// The page that other sites embed: takes over what its address asks for.

import { RoiCalculatorElement } from "../calculator/element.js";
import { offerToTakeAway } from "../handover/take-away.js";
import { runtime } from "../python/runtime.js";
import { newSandboxedWorker } from "../python/start-sandboxed.js";
import { readableOn } from "./color.js";
import { changeCurrency } from "./currency.js";
import { Host } from "./hosts.js";
import { Prefill } from "./prefill.js";
import { turn } from "./turn.js";
import {
  asked,
  CHOICES,
  isCurrency,
  isOfField,
  isView,
  languageOf,
  linkIn,
  lookOf,
  quoted,
  SECRET,
} from "./wishes.js";

if (self.origin === "null") runtime.makeWorker = newSandboxedWorker;
customElements.define("roi-calculator", RoiCalculatorElement);

const root = document.documentElement;
const frame = /** @type {HTMLElement} */ (document.querySelector(".roi-frame"));
const block = /** @type {HTMLElement} */ (frame.querySelector("roi-calculator"));
const touched = new Promise((resolve) => {
  for (const type of ["focusin", "pointerdown"]) block.addEventListener(type, resolve);
});
runtime.takeTurn = () => turn(block, touched);
let accent = "";

/**
 * Says what was asked for in vain.
 * @param {Iterable<string>} ignored
 */
function tellIgnored(ignored) {
  const all = [...new Set(ignored)];
  if (all.length) console.warn(`roi-calculator: ignored ${all.join(", ")}`);
}

/** Takes the accent that was wished for, as far as it can be read on the page's own paper. */
function paint() {
  if (!accent) return;
  const paper = getComputedStyle(root).getPropertyValue("--paper");
  const readable = readableOn(accent, paper);
  root.style.setProperty("--roi-accent", readable);
  if (readable !== accent.toLowerCase()) {
    console.info(
      `roi-calculator: accent ${accent} is ${readable} here, to be readable on ${paper}`,
    );
  }
}

/**
 * Looks as wished, as far as that is understood.
 * @param {(name: string) => unknown} wished by name, undefined for none
 * @returns {string[]} what was not
 */
function dress(wished) {
  const { look, ignored } = lookOf(wished);
  for (const [name, { default: usual }] of CHOICES) {
    const value = look.get(name);
    if (value === usual) delete root.dataset[name];
    else if (value !== undefined) root.dataset[name] = value;
  }
  const radius = look.get("radius");
  if (radius !== undefined) root.style.setProperty("--roi-radius", `${radius}px`);
  accent = look.get("accent") ?? accent;
  paint();
  return ignored;
}

/**
 * The page that a wish for a language or a view leads to, with everything else that is asked for;
 * undefined where this is it. The wish goes along: there it is the page's own.
 * @param {Map<string, string>} wishes
 * @param {string[]} ignored gets what no page is for
 */
function elsewhere(wishes, ignored) {
  const links = [...document.querySelectorAll("link")];
  const tag = wishes.get("language");
  const view = wishes.get("view");
  /** @type {HTMLLinkElement | undefined} */
  let page;
  if (tag !== undefined && languageOf(tag) !== root.lang.split("-")[0]) {
    // A region leads to the page of its language.
    const language = languageOf(tag);
    page = links.find(({ dataset }) => language && dataset.language?.split("-")[0] === language);
    if (!page) ignored.push(`language=${quoted(tag)}`);
  }
  if (!page && view !== undefined && view !== block.getAttribute("view")) {
    page = links.find(({ dataset }) => isView(view) && dataset.view === view);
    if (!page) ignored.push(`view=${quoted(view)}`);
  }
  return page && `${page.href}${location.search}${location.hash}`;
}

/**
 * @param {Map<string, string>} wishes
 * @param {string[]} ignored already
 */
function begin(wishes, ignored) {
  const host = new Host(frame, root.dataset.embed ?? "", wishes.get(SECRET));
  const prefill = new Prefill(block, root.dataset.decimal ?? ".");
  frame.addEventListener("roi-calculator:result", () => {
    prefill.taken();
    host.tell("result");
  });
  frame.addEventListener("roi-calculator:refused", (event) => {
    if (event instanceof CustomEvent) tellIgnored(prefill.takeBack(event.detail.fields));
  });
  frame.addEventListener("roi-calculator:error", (event) => {
    if (event instanceof CustomEvent) host.tell("error", { detail: event.detail.code });
  });
  ignored.push(...dress((name) => wishes.get(name)));
  const link = linkIn(wishes);
  for (const [name, value] of link === undefined ? wishes : []) {
    if (isOfField(name) && !prefill.fill(name, value)) {
      ignored.push(`${quoted(name)}=${quoted(value)}`);
    }
  }
  const currency = wishes.get("currency");
  if (link !== undefined) open(link);
  else if (currency !== undefined) change(currency);
  tellIgnored(ignored);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  host.begin((said) => tellIgnored(dress((name) => said[name])));
}

/** @param {string} link to somebody's numbers */
async function open(link) {
  try {
    const { openLink } = await import("../handover/open-link.js");
    await openLink(link, runtime, changeCurrency);
  } catch (error) {
    console.error("roi-calculator:", error);
  }
}

/** @param {string} currency */
async function change(currency) {
  try {
    const isKnown =
      isCurrency(currency) && (await changeCurrency(block, currency.toUpperCase(), root.lang));
    if (!isKnown) tellIgnored([`currency=${quoted(currency)}`]);
  } catch (error) {
    console.error("roi-calculator:", error);
  }
}

offerToTakeAway(runtime);

const { wishes, ignored } = asked(location.hash, location.search);
const address = elsewhere(wishes, ignored);
if (address) location.replace(address);
else begin(wishes, ignored);
