// What an address asks an embed page for, and what of it is understood. Nothing here knows a page.

import wishes from "./wishes.json" with { type: "json" };

const MOST_CHARACTERS = 2048;
const MOST_QUOTED = 60;
const COLOUR = /^#?[0-9a-f]{6}$/i;
const LANGUAGE = /^[a-z]{2,3}([-_][a-z\d]{2,8}){0,3}$/i;
const CURRENCY = /^[a-z]{3}$/i;
const PIXELS = /^(0|[1-9]\d?)$/;
// WordPress' own, in the fragment.
export const SECRET = "secret";

/** What can be chosen of a few, and how it is without a wish; page.css says what each looks like. */
export const CHOICES = new Map(Object.entries(wishes.choices));

const OURS = new Set([
  SECRET,
  "language",
  "view",
  "currency",
  "accent",
  "radius",
  ...CHOICES.keys(),
]);

/** What is understood of each wish for a look. @type {Record<string, (text: string) => boolean>} */
const LOOKS = {
  ...Object.fromEntries(
    [...CHOICES].map(([name, { values }]) => [
      name,
      (/** @type {string} */ text) => values.includes(text),
    ]),
  ),
  radius: (text) => PIXELS.test(text) && Number(text) <= wishes.largest_radius,
  accent: (text) => COLOUR.test(text),
};

/** @param {string} text */
export const quoted = (text) =>
  JSON.stringify(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);

/**
 * What an address asks for, by name: the fragment wins, which no server sees, and of two the first.
 * @param {string} hash
 * @param {string} search
 * @returns {{wishes: Map<string, string>, ignored: string[]}}
 */
export function asked(hash, search) {
  /** @type {Map<string, string>} */
  const all = new Map();
  const ignored = [];
  for (const text of [hash, search]) {
    const here = new Set();
    const query = text.replace(/^#?\??/, "");
    if (query.length > MOST_CHARACTERS) {
      ignored.push(`${query.length} characters of address`);
      continue;
    }
    for (const [name, value] of new URLSearchParams(query)) {
      if (here.has(name)) ignored.push(`a second ${quoted(name)}`);
      else if (!all.has(name)) all.set(name, value);
      here.add(name);
    }
  }
  return { wishes: all, ignored };
}

/**
 * Whether a wish is for a field: every name that is not ours is.
 * @param {string} name
 */
export const isOfField = (name) => !OURS.has(name);

/**
 * The text of a link to numbers that the wishes for fields make, as roi_calc/handover/link.py reads
 * it; undefined where they are none.
 * @param {Map<string, string>} asked
 * @returns {string | undefined}
 */
export function linkIn(asked) {
  if (!asked.has("v")) return undefined;
  const ours = [...asked].filter(([name]) => isOfField(name) || name === "currency");
  // What stands first and has no value is what the link is for.
  const items = ours.map(([name, value], index) => {
    const text = encodeURIComponent(name);
    return value || index > 0 ? `${text}=${encodeURIComponent(value)}` : text;
  });
  return items.join("&");
}

/**
 * How a page is to look, as far as the wishes are understood: by name, a choice, `radius` in pixels
 * and `accent` with its sharp.
 * @param {(name: string) => unknown} wished by name, undefined for none
 * @returns {{look: Map<string, string>, ignored: string[]}}
 */
export function lookOf(wished) {
  /** @type {Map<string, string>} */
  const look = new Map();
  const ignored = [];
  for (const [name, isKnown] of Object.entries(LOOKS)) {
    const value = wished(name);
    const text = typeof value === "number" ? `${value}` : value;
    if (typeof text === "string" && isKnown(text)) look.set(name, text);
    else if (value !== undefined) {
      ignored.push(`${name}=${quoted(typeof text === "string" ? text : typeof text)}`);
    }
  }
  const accent = look.get("accent");
  if (accent) look.set("accent", accent.startsWith("#") ? accent : `#${accent}`);
  return { look, ignored };
}

/**
 * The language of a tag without its region; empty for what is none.
 * @param {string} tag
 */
export const languageOf = (tag) => (LANGUAGE.test(tag) && tag.toLowerCase().split(/[-_]/)[0]) || "";

/** @param {string} text */
export const isView = (text) => wishes.views.includes(text);

/** @param {string} text */
export const isCurrency = (text) => CURRENCY.test(text);
