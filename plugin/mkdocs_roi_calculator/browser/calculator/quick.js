// The quick answer: fills the texts that the build sent with the numbers that are typed. It knows
// no calculator, no word and no number format: sums, texts and marks are all data of the block.

/**
 * A number, an input's name, null for what has no value, or an operation and what it is given.
 * @typedef {number | boolean | string | null | [string, ...any[]]} Sum
 */
/**
 * What is said: texts and blanks by turns, or a claim and what is said if it holds or does not.
 * @typedef {null | number[] | [Sum, any, any]} Said
 */
/**
 * As roi_calc/quick/data.py writes it. inputs: the limits of each, whether it is read as percent,
 * and whether it must be whole. format: what stands before and behind digits and between them.
 * @typedef {object} Quick
 * @property {string} currency
 * @property {string} decimal
 * @property {Record<string, [number, number, boolean, boolean]>} inputs
 * @property {Record<string, Said>} parts markup
 * @property {Record<string, Said>} units text behind a field
 * @property {[string, Sum, number?][]} blanks
 * @property {Sum[]} results
 * @property {string[]} texts
 * @property {Format} format
 */
/**
 * @typedef {object} Format
 * @property {Marks} number
 * @property {Marks} percent
 * @property {Marks} amount
 * @property {number} cents
 * @property {[number, number, number]} groups
 * @property {string} minus
 * @property {[string, string]} unbroken what stands around a negative amount within a sentence
 */
/** @typedef {[string, string, string, string]} Marks before, the decimal mark, groups', behind */
/**
 * @typedef {object} Quickly
 * @property {Record<string, string>} parts the markup of each
 * @property {Record<string, string>} units the words behind a field
 */
/** @typedef {(...given: number[]) => number | boolean} Operation */

// Thrown for what is left to Python.
const LEFT = {};
const NOISE = 1e-12;
// More digits than a double tells apart are Python's to read.
const PLAIN = /^(?=[\d.]{1,16}$)\d{1,15}(?:\.\d{1,9})?$/;
// As a thousand is written somewhere else: Python says how it was read.
const DOUBTFUL = /^[1-9]\d{0,2}\.\d{3}$/;

/** @param {number} a @param {number} b */
const isClose = (a, b) => a === b || Math.abs(a - b) <= NOISE * Math.max(Math.abs(a), Math.abs(b));
/** @param {number} a @param {number} b */
const minus = (a, b) => (isClose(a, b) ? 0 : a - b);
/** @param {number} value */
const ceil = (value) => Math.ceil(value * (value < 0 ? 1 + NOISE : 1 - NOISE));
/** @param {number} value */
const exponentOf = (value) => Number(value.toExponential().split("e")[1]);

// Digits that are left out, where they round up what is kept.
const HALF = /^[5-9]/;
const ANY = /[1-9]/;
const NONE = /$^/;

/**
 * The digits of a number with some decimals, rounded from the shortest decimal that stands for it.
 * @param {number} value not below 0
 * @param {number} decimals
 * @param {RegExp} upBy one of those above
 */
function digitsOf(value, decimals, upBy = HALF) {
  const [mantissa = "", exponent] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const kept = Number(exponent) + 1 + decimals;
  const whole = digits.slice(0, Math.max(kept, 0)).padEnd(kept, "0");
  const rest = "0".repeat(Math.max(-kept, 0)) + digits.slice(Math.max(kept, 0));
  return BigInt(whole) + BigInt(upBy.test(rest));
}

/**
 * @param {number} value
 * @param {number} decimals
 * @param {unknown} [isEnough] whether it is rounded up, without the noise of a division
 */
function rounded(value, decimals, isEnough) {
  const size = Number(Math.abs(value).toPrecision(isEnough ? 12 : 15));
  const upBy = isEnough ? (value > 0 ? ANY : NONE) : HALF;
  return Number(`${digitsOf(size, decimals, upBy)}e${-decimals}`) * (value < 0 ? -1 : 1) + 0;
}

/** @type {Record<string, Operation>} */
const OPERATIONS = {
  "+": (a, b) => minus(a, -b),
  "-": minus,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? Number.NaN : a / b),
  ceil,
  floor: (a) => -ceil(-a),
  max: Math.max,
  min: Math.min,
  sqrt: Math.sqrt,
  "<": (a, b) => minus(a, b) < 0,
  "<=": (a, b) => minus(a, b) <= 0,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  abs: Math.abs,
  not: (a) => !a,
  int: Number.isInteger,
  round: Math.round,
  whole: (a) => Math.abs(Math.round(a) - a) <= NOISE || isClose(Math.round(a), a),
  near: rounded,
  up: (a, decimals) => rounded(a, decimals, 1),
  down: (a, decimals) => -rounded(-a, decimals, 1),
  share_decimals: (a) => Math.max(1, -1 - exponentOf(a)),
};

/**
 * What the block says of the texts in its fields; undefined where that is Python's to say.
 * @param {Quick} quick
 * @param {Record<string, string>} texts by input
 * @returns {Quickly | undefined}
 */
export function quickAnswer(quick, texts) {
  try {
    return answer(quick, texts);
  } catch (error) {
    if (error !== LEFT) console.error("roi-calculator:", error);
    return undefined;
  }
}

/**
 * @param {Quick} quick
 * @param {Record<string, string>} texts
 */
function answer(quick, texts) {
  const inputs = mapped(quick.inputs, (limits, name) => read(quick, limits, texts[name] ?? ""));
  /** @type {number[]} */
  const results = [];
  /** @param {Sum} sum @returns {any} NaN for what has no value */
  const of = (sum) => {
    if (typeof sum === "string") return inputs[sum];
    if (!Array.isArray(sum)) return sum ?? Number.NaN;
    const [operation, ...given] = sum;
    if (operation === "=") return results[given[0]];
    if (operation === "defined") return !Number.isNaN(of(given[0]));
    const first = of(given[0]);
    if (Number.isNaN(first)) return first;
    if (operation === "if") return of(first ? given[1] : given[2]);
    if (operation === "and") return first && of(given[1]);
    if (operation === "or") return first || of(given[1]);
    const second = given.length > 1 ? of(given[1]) : 0;
    return Number.isNaN(second) ? second : OPERATIONS[operation]?.(first, second);
  };
  for (const sum of quick.results) {
    const value = of(sum);
    results.push(Number.isFinite(value) ? value + 0 : Number.NaN);
  }
  /** @param {Said} said */
  const fill = (said) => filled(quick, said, of);
  return { parts: mapped(quick.parts, fill), units: mapped(quick.units, fill) };
}

/**
 * @template Given, Made
 * @param {Record<string, Given>} record
 * @param {(given: Given, name: string) => Made} make
 * @returns {Record<string, Made>}
 */
const mapped = (record, make) =>
  Object.fromEntries(Object.entries(record).map(([name, given]) => [name, make(given, name)]));

/**
 * @param {Quick} quick
 * @param {[number, number, boolean, boolean]} limits
 * @param {string} text
 */
function read(quick, [least, most, isShare, isWhole], text) {
  const plain = text.trim();
  // A point is no decimal mark where that is a comma, and no mark is where both could be meant.
  const written = quick.decimal === "." ? plain : plain.replace(".", "x");
  const pointed = quick.decimal ? written.replace(quick.decimal, ".") : written;
  const number = Number(pointed);
  const value = isShare ? Number(`${pointed}e-2`) : number;
  if (
    !PLAIN.test(pointed) ||
    DOUBTFUL.test(pointed) ||
    // Up to 1 it is asked whether a share is meant in percent.
    (isShare && number > 0 && number <= 1) ||
    value < least ||
    value > most ||
    (isWhole && value % 1)
  ) {
    throw LEFT;
  }
  return value;
}

/**
 * @param {Quick} quick
 * @param {Said} said
 * @param {(sum: Sum) => any} of
 * @returns {string}
 */
function filled(quick, said, of) {
  if (typeof said?.[0] === "number") {
    const pieces = /** @type {number[]} */ (said).map((number, place) =>
      place % 2 ? written(quick, quick.blanks[number], of) : quick.texts[number],
    );
    return pieces.join("");
  }
  const holds = said && of(said[0]);
  if (typeof holds !== "boolean") throw LEFT;
  return filled(quick, said?.[holds ? 1 : 2], of);
}

/**
 * @param {Quick} quick
 * @param {[string, Sum, number?] | undefined} blank
 * @param {(sum: Sum) => any} of
 */
function written({ format }, [way, sum, most = 0] = ["", 0], of) {
  /** @type {number} */
  const value = of(sum);
  if (!Number.isFinite(value)) throw LEFT; // no text was meant for that
  if (way === "plain") return plain(Number(value.toPrecision(15)));
  if (way === "fixed") return fixed(value);
  const isShare = way === "percent";
  const isUnbroken = way === "unbroken";
  const isAmount = isUnbroken || way === "amount";
  const decimals = isShare ? Math.max(1, -1 - exponentOf(value)) : isAmount ? format.cents : most;
  const digits = digitsOf(Math.abs(value), decimals + (isShare ? 2 : 0));
  const all = `${digits}`.padStart(decimals + 1, "0");
  const whole = decimals ? all.slice(0, -decimals) : all;
  const fraction = decimals ? all.slice(-decimals) : "";
  const shown = isAmount ? (Number(fraction) ? fraction : "") : fraction.replace(/0+$/, "");
  const [before, mark, group, behind] =
    format[isAmount ? "amount" : isShare ? "percent" : "number"];
  const figure = before + grouped(whole, group, format.groups) + (shown && mark + shown) + behind;
  if (value >= 0 || !digits) return figure;
  return isUnbroken ? format.unbroken.join(format.minus + figure) : format.minus + figure;
}

/**
 * @param {string} digits
 * @param {string} mark
 * @param {[number, number, number]} groups the last one's size, the others', and the least digits
 */
function grouped(digits, mark, [last, others, least]) {
  if (digits.length < last + least) return digits;
  const head = digits.slice(0, -last);
  return (
    head.replace(new RegExp(`(?!^)(?=(?:.{${others}})+$)`, "g"), mark) + mark + digits.slice(-last)
  );
}

/** @param {number} value as scripts read it, in Python's spelling */
function plain(value) {
  if (Number.isInteger(value)) return `${BigInt(value)}`;
  if (Math.abs(value) >= 1e-4) return `${value}`;
  return value.toExponential().replace(/-(\d)$/, "-0$1");
}

/** @param {number} value a coordinate; a half goes to the even neighbor, as in Python */
function fixed(value) {
  const isHalfAboveEven = Math.abs(value * 8) % 4 === 1;
  return (isHalfAboveEven ? Math.floor(value * 100) / 100 : value).toFixed(2).replace(/\.?0+$/, "");
}
