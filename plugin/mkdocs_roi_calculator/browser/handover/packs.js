// Where the Python for taking an answer away is. Written anew when a site is built
// (pyodide_release.py); this copy gives the type.

/**
 * With its words, by language without a region.
 * @type {typeof import("../python/release.js").words}
 */
export const packs = {};
