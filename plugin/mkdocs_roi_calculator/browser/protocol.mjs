// What the page and the worker say to each other: plain data only, named as in roi_calc/browser.py.

/**
 * What a form asks: the texts of its fields, as typed, by the name they are sent under.
 * @typedef {object} Question
 * @property {string} calculator
 * @property {string} language
 * @property {string} currency
 * @property {string} comparison what the answer is compared with, as Python wrote it into the page
 * @property {Record<string, string>} values
 */

/** @typedef {Question & {id: number}} Request */

/** @typedef {{field: string, message: string}} FieldError */

/**
 * @typedef {object} Answered
 * @property {number} id
 * @property {true} ok
 * @property {string} html escaped by roi_calc/html.py
 * @property {string} sentence
 * @property {Record<string, number | undefined>} outputs undefined where not defined
 * @property {Record<string, string>} notes by field
 * @property {Record<string, string>} units by input name
 */

/** @typedef {{id: number, ok: false, errors: FieldError[]}} Refused */

/** @typedef {Answered | Refused} Reply */

/** @typedef {"static" | "loading" | "ready" | "failed"} RuntimeState */

/**
 * What the page says first: which files to load, by name, from where, and what they hash to.
 * `fresh` names those to be fetched past the browser's cache, because what it has is no good.
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {Record<string, {addresses: string[], integrity: string}>} files
 * @property {object} lockInfo
 * @property {number} stallLimit
 * @property {string[]} fresh
 */

/**
 * Why Python is not there, as a word for support: `http-404`, `network`, `stalled` (nothing came
 * for too long), `hash` (not the file it should be), `no-wasm` (WebAssembly is missing or
 * forbidden), `wasm`, `module`, `python` (they did not start), `worker` (it did not, or it ended).
 * @typedef {string} FaultCode
 */

/**
 * `progress` says that more bytes have come; `loaded` that all files are there and Python starts;
 * `fault` answers a request that made Python raise: a mistake of ours, not of the visitor.
 * @typedef {{type: "ready"} | {type: "progress"} | {type: "loaded"}
 *   | {type: "failed", code: FaultCode, file: string, reason: string}
 *   | {type: "reply", reply: Reply} | {type: "fault", id: number, reason: string}} WorkerMessage
 */

export {};
