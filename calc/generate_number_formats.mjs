// Writes roi_calc/language/locales/<language>.numbers.json, <language>.currency_names.json, languages.json
// and currencies.json from the CLDR data in Node's ICU, for every language that has a catalog
// (<language>.po). Run it with `make locales` after adding a catalog or to move to a newer CLDR; the
// results are checked in.
//
// Intl is the source, and not Babel, because the tables must say what the reader's browser says:
// docs/decisions/number-formats.md.

import { readdirSync, writeFileSync } from "node:fs";

const folder = new URL("roi_calc/language/locales/", import.meta.url);
const languages = readdirSync(folder)
  .filter((name) => name.endsWith(".po"))
  .map((name) => name.slice(0, -".po".length))
  .sort();
// Active codes of ISO 4217 that Intl formats and does not list: units of account, funds, metals.
const UNLISTED =
  "BOV CHE CHW CLF COU MXV USN UYI UYW VED XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split(
    " ",
  );
const currencies = [...new Set([...Intl.supportedValuesOf("currency"), ...UNLISTED])].sort();
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const regions = letters.flatMap((first) => letters.map((second) => first + second));
// Marks in everyday use that CLDR has in no locale.
/** @type {Record<string, string[]>} */
const USUAL_MARKS = {
  AED: ["Dh", "Dhs"],
  BGN: ["лв"],
  CHF: ["Fr", "SFr"],
  CNY: ["RMB", "元"],
  JPY: ["円"],
  KRW: ["원"],
  MAD: ["DH"],
  SAR: ["SR"],
  TRY: ["TL"],
  UAH: ["грн"],
  USD: ["U$", "U$S"],
  VES: ["Bs"],
  VND: ["đ"],
};

// What readers get instead of CLDR's: docs/decisions/rounding.md says why.
const MINUS = "\u2212";
const NARROW_SPACE = "\u202f";
/** @type {Record<string, { money: string; coded_money: string }>} */
const MONEY = { es: { money: "¤\u00a0#", coded_money: "¤\u00a0#" } };

// The words of `es` are Latin America's, CLDR's region for it is Spain.
/** @type {Record<string, string>} */
const TERRITORIES = { es: "419" };

/** @param {string} locale @param {Intl.NumberFormatOptions} options @param {number} value */
const partsOf = (locale, options, value) =>
  new Intl.NumberFormat(locale, options).formatToParts(value);

/** @param {Intl.NumberFormatPart[]} parts @param {string} type */
const part = (parts, type) => parts.find((each) => each.type === type)?.value;

/**
 * The pattern with its number replaced by "#" and its symbol by `symbol`.
 * @param {Intl.NumberFormatPart[]} parts @param {string} symbol
 */
function pattern(parts, symbol) {
  const numeric = new Set(["integer", "group", "decimal", "fraction"]);
  const pieces = parts.map(({ type, value }) => {
    if (numeric.has(type)) return "#";
    return type === "currency" || type === "percentSign" ? symbol : value;
  });
  return pieces.join("").replace(/#+/, "#");
}

/** @param {string} locale */
function formatOf(locale) {
  const grouped = partsOf(locale, {}, 1234567891.5);
  const integers = grouped.filter(({ type }) => type === "integer").map(({ value }) => value);
  const symbols = Object.fromEntries(
    currencies
      .map((currency) => [
        currency,
        part(partsOf(locale, { style: "currency", currency }, 1), "currency"),
      ])
      .filter(([currency, symbol]) => symbol !== currency),
  );
  // A symbol that ends in a letter is set off from the number by a space, "$" is not: CLDR calls
  // it currencySpacing, and both forms are read off here.
  const bySymbol = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" };
  const byCode = { style: "currency", currency: "USD", currencyDisplay: "code" };
  const money = partsOf(locale, bySymbol, 1234567.5);
  return {
    decimal: part(grouped, "decimal"),
    group: part(grouped, "group"),
    money_decimal: part(money, "decimal"),
    money_group: part(money, "group"),
    group_size: integers.at(-1)?.length,
    higher_group_size: integers.at(-2)?.length,
    minimum_grouping_digits: part(partsOf(locale, {}, 1234), "group") === undefined ? 2 : 1,
    // With the marks of direction that some languages have beside it.
    minus: part(partsOf(locale, {}, -1), "minusSign")?.replace("-", MINUS),
    percent: pattern(partsOf(locale, { style: "percent" }, 0.12), "%").replace(
      "\u00a0",
      NARROW_SPACE,
    ),
    money: pattern(partsOf(locale, bySymbol, 12), "¤"),
    coded_money: pattern(partsOf(locale, byCode, 12), "¤"),
    ...MONEY[locale],
    symbols,
  };
}

/**
 * The currencies' names as a sentence on amounts has them: "US dollars".
 * @param {string} language
 */
function currencyNamesOf(language) {
  const named = currencies
    .filter((currency) => currency !== "XXX") // no currency: CLDR's name for it is "unknown"
    .map((currency) => {
      const options = { style: "currency", currency, currencyDisplay: "name" };
      return [currency, part(partsOf(language, options, 100), "currency")];
    });
  return Object.fromEntries(named.filter(([currency, name]) => name !== currency));
}

/**
 * How a language runs, whether 1.5 takes the plural ("1.5 requests", but "1,5 solicitação"), and
 * the region that is meant where none is named.
 * @param {string} language
 */
function traitsOf(language) {
  const plural = new Intl.PluralRules(language);
  return {
    direction: new Intl.Locale(language).textInfo.direction,
    fraction_is_plural: plural.select(1.5) === plural.select(2),
    territory: TERRITORIES[language] ?? new Intl.Locale(language).maximize().region,
  };
}

/** Every locale of the language that CLDR has data of its own for. @param {string} language */
function localesOf(language) {
  return [...regions, "001", "150", "419"]
    .map((region) => `${language}-${region}`)
    .filter((tag) => new Intl.NumberFormat(tag).resolvedOptions().locale === tag);
}

/** @param {Record<string, unknown>} changed @param {Record<string, unknown>} base */
const differences = (changed, base) =>
  Object.fromEntries(Object.entries(changed).filter(([key, value]) => value !== base[key]));

/**
 * What a region says otherwise than its language; a currency without a symbol there is shown by
 * its code.
 * @param {ReturnType<typeof formatOf>} region @param {ReturnType<typeof formatOf>} language
 */
function regionalDifferences({ symbols, ...format }, { symbols: baseSymbols, ...base }) {
  const codes = Object.fromEntries(Object.keys(baseSymbols).map((code) => [code, code]));
  const changed = differences({ ...codes, ...symbols }, baseSymbols);
  return {
    ...differences(format, base),
    ...(Object.keys(changed).length > 0 && { symbols: changed }),
  };
}

/** Every locale that CLDR has numbers for. */
function allLocales() {
  const small = letters.map((letter) => letter.toLowerCase());
  const pairs = small.flatMap((first) => small.map((second) => first + second));
  const triples = pairs.flatMap((pair) => small.map((third) => pair + third));
  const codes = [...pairs, ...triples];
  // An old code comes back as what it means today, which is in the list by itself.
  const bases = Intl.NumberFormat.supportedLocalesOf(codes).filter((tag) => codes.includes(tag));
  return bases.flatMap((base) => [base, ...localesOf(base)]);
}

/**
 * How each currency is marked anywhere, joined by "|": what is pasted comes from everywhere. In the
 * letters that our languages have, and in signs; a code of ISO 4217 is no mark of another currency.
 */
function marksOfCurrencies() {
  const isReadable = /^[\p{Script=Latin}\p{Currency_Symbol}./ ]{1,5}$/u;
  const locales = allLocales();
  const marked = currencies.map((currency) => {
    const shown = locales.flatMap((locale) =>
      /** @type {const} */ (["symbol", "narrowSymbol"]).map((currencyDisplay) => {
        const options = { style: "currency", currency, currencyDisplay };
        const symbol = part(partsOf(locale, options, 1), "currency") ?? "";
        return symbol
          .replace(/\p{Cf}/gu, "")
          .replace(/\s/gu, " ")
          .trim();
      }),
    );
    const readable = shown.filter((mark) => isReadable.test(mark) && !currencies.includes(mark));
    return [currency, [...new Set([...readable, ...(USUAL_MARKS[currency] ?? [])])].sort()];
  });
  const found = marked.filter(([, marks]) => marks.length > 0);
  return Object.fromEntries(found.map(([currency, marks]) => [currency, marks.join("|")]));
}

/** @param {string} name @param {unknown} content */
function write(name, content) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(content, null, 1)}\n`);
}

const cldr = process.versions.cldr;
for (const language of languages) {
  const base = formatOf(language);
  const regions = Object.fromEntries(
    localesOf(language).map((locale) => [locale, regionalDifferences(formatOf(locale), base)]),
  );
  write(`${language}.numbers.json`, { cldr, locales: { [language]: base, ...regions } });
  // Words, and so the same in every region of the language.
  write(`${language}.currency_names.json`, { cldr, names: currencyNamesOf(language) });
}
const fractionDigits = Object.fromEntries(
  currencies.map((currency) => [
    currency,
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits,
  ]),
);
write(
  "languages.json",
  Object.fromEntries(languages.map((language) => [language, traitsOf(language)])),
);
write("currencies.json", {
  cldr,
  fraction_digits: fractionDigits,
  marks: marksOfCurrencies(),
});
