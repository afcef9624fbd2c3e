// Many frames of one page start Python in turn: all at once, none would be ready for long. Frames of
// a site that a page embeds share the site's locks.

// One for whoever comes next, and one that frames which are seen have to themselves.
const ANYONE = "roi-calculator-start";
const SEEN = "roi-calculator-start-seen";
// Where frames that are not seen wait, so that at most one of them stands before one that is.
const UNSEEN = "roi-calculator-unseen";
// A turn that another page took with it when it was left may never end; who is looked at does not
// wait for that.
const LONGEST_WAIT_MS = 30_000;

/**
 * @param {Element} block seen or not
 * @param {Promise<unknown>} touched settled once the reader is at work in it, who does not wait
 * @returns {Promise<() => void>} once it is this frame's turn, what ends it; at once where the
 *   browser has no locks, or the frame no origin
 */
export function turn(block, touched) {
  return new Promise((resolve) => {
    const begun = new AbortController();
    const { signal } = begun;
    const begin = (end = () => {}) => {
      begun.abort();
      resolve(end);
    };
    /** @param {string} name @param {() => Promise<void>} hold */
    const queue = (name, hold) =>
      navigator.locks
        .request(name, { signal }, () => (signal.aborted ? undefined : hold()))
        .catch(() => begin());
    /** @returns {Promise<void>} */
    const start = () =>
      new Promise((end) => {
        // A page that is kept to come back to it keeps its locks in some browsers.
        addEventListener("pagehide", () => end(), { once: true });
        begin(end);
      });
    /** @returns {Promise<void>} */
    const wait = () =>
      new Promise((leave) => {
        signal.addEventListener("abort", () => leave());
        queue(ANYONE, start);
      });

    touched.then(() => begin());
    if (!navigator.locks) return begin();
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      for (const name of [SEEN, ANYONE]) queue(name, start);
      const timer = setTimeout(begin, LONGEST_WAIT_MS);
      signal.addEventListener("abort", () => clearTimeout(timer));
    });
    signal.addEventListener("abort", () => observer.disconnect());
    observer.observe(block);
    queue(UNSEEN, wait);
  });
}
