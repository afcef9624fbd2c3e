// Which files Python is made of, where they are and what they hash to. Written anew when a site is
// built (pyodide_release.py); this copy gives the types.

/**
 * Addresses are tried in order; relative ones start at this module.
 * @type {Record<string, {addresses: string[], integrity: string}>}
 */
export const files = {};

/**
 * The words of each language, by its tag without a region.
 * @type {typeof files}
 */
export const words = {};

/** The head of Pyodide's lock file; the list of packages behind it stays empty. */
export const lockInfo = {};

/** In milliseconds: nothing of a file comes; Python starts; Python answers. */
export const limits = { stall: 0, start: 0, answer: 0 };
