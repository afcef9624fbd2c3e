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
 * `progress` says that one more file has come;
 * `fault` answers a request that made Python raise: a mistake of ours, not of the visitor.
 * @typedef {{type: "ready"} | {type: "progress"} | {type: "failed", reason: string}
 *   | {type: "reply", reply: Reply} | {type: "fault", id: number, reason: string}} WorkerMessage
 */

export {};
