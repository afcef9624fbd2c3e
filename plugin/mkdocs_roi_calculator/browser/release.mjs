// Where Pyodide is and what its files hash to. Written anew when a site is built (assets.py); this
// copy gives the types.

/** @type {string[]} */
export const sources = [];

/** @type {Record<string, string>} */
export const integrity = {};

export const archiveIntegrity = "";

/** The head of Pyodide's lock file; the list of packages behind it stays empty. */
export const lockInfo = {};
