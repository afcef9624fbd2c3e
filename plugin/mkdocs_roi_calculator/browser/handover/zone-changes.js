// When the clocks of a time zone are changed: browsers know, and the Python of a page does not.

const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(2040, 0, 1);
const WEEK = 7 * 24 * 3600 * 1000;

/** The reader's own. */
export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** @returns {string[]} the zones that the browser knows, the reader's own first */
export function zones() {
  const known = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set([ownZone(), "UTC", ...known])];
}

/**
 * @param {string} zone
 * @returns {[number, number][]} when an offset from UTC begins and what it is, in seconds
 */
export function changesOf(zone) {
  const offset = offsetsOf(zone);
  /** @type {[number, number][]} */
  const changes = [[FIRST / 1000, offset(FIRST)]];
  for (let start = FIRST; start < LAST; start += WEEK) {
    const end = start + WEEK;
    if (offset(start) !== offset(end)) {
      changes.push([firstWith(offset, start, end) / 1000, offset(end)]);
    }
  }
  return changes;
}

/**
 * @param {string} zone
 * @returns {(moment: number) => number} the seconds that its clock is ahead of UTC
 */
function offsetsOf(zone) {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (moment) => {
    const parts = Object.fromEntries(
      clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return (Date.UTC(year, month - 1, day, hour, minute, second) - moment) / 1000;
  };
}

/**
 * The first whole second of the new offset.
 * @param {(moment: number) => number} offset
 * @param {number} start
 * @param {number} end
 */
function firstWith(offset, start, end) {
  let [before, behind] = [start, end];
  while (behind - before > 1000) {
    const middle = Math.floor((before + behind) / 2000) * 1000;
    if (offset(middle) === offset(end)) behind = middle;
    else before = middle;
  }
  return behind;
}
