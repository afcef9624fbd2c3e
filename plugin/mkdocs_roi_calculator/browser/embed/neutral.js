// Numbers as an address writes them: a point for decimals, nothing between thousands, the sign
// behind a share, and `80..100..130` for a range.

const NUMBER = /^-?\d{1,15}(\.\d{1,9})?%?$/;
const GROUPED = /^-?\d{1,3}(,\d{3})+(?=\.|%|$)/;
const RANGE_MARK = "..";

/**
 * What a reader typed, as an address writes it; empty for what only Python can read, such as `8,01`
 * in English.
 * @param {string} text
 * @param {string} decimal the reader's mark
 * @param {string} group the reader's mark
 */
export function neutral(text, decimal, group) {
  const numbers = text.split(RANGE_MARK).map((each) => neutralNumber(each, decimal, group));
  return numbers.every(Boolean) ? numbers.join(RANGE_MARK) : "";
}

/**
 * What an address writes, as a reader types it: a number, or a range with its three; undefined for
 * anything else.
 * @param {string} value
 * @param {string} decimal the reader's mark
 */
export function asTyped(value, decimal) {
  const numbers = value.split(RANGE_MARK);
  const isKnown = [1, 3].includes(numbers.length) && numbers.every((each) => NUMBER.test(each));
  return isKnown ? numbers.map((each) => each.replace(".", decimal)).join(RANGE_MARK) : undefined;
}

/**
 * @param {string} text
 * @param {string} decimal
 * @param {string} group
 */
function neutralNumber(text, decimal, group) {
  const marks = new Map([
    [decimal, "."],
    [group, ","],
    ["\u2212", "-"],
  ]);
  const plain = [...text.trim().replace(/\s?%$/, "%")]
    .map((each) => marks.get(each) ?? each)
    .join("")
    .replace(GROUPED, (whole) => whole.replaceAll(",", ""));
  return NUMBER.test(plain) ? plain : "";
}
