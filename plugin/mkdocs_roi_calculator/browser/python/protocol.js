// What the page and the worker say to each other: plain data only, named as in roi_calc/browser.py.

/**
 * What stands in a form: the texts of its fields, as typed, by the name they are sent under.
 * @typedef {object} Form
 * @property {string} calculator
 * @property {string} [definition] of a calculator that its page brings along as a table
 * @property {string} language
 * @property {string} currency
 * @property {Record<string, string>} values
 */

/** @typedef {Form & {changed: string[]}} Earlier a form that was answered; its changed fields */

/**
 * What a form asks: `view` is how the page shows it, `comparison` is what the answer is compared with, and `live` the values in the
 * page's text that follow the form, both as Python wrote them into the page; `earlier` are forms
 * whose numbers the reader wants in this one; `called` is the name of the currency, where the page
 * was built in another.
 * @typedef {Form & {view: string, comparison: string, live?: string[], earlier?: Earlier[], called?: string}}
 *   Question
 */

/** @typedef {Question & {id: number}} Request */

/** @typedef {{label: string, field: string, text: string}} Suggested what a button enters */

/** @typedef {{field: string, message: string, suggestions: Suggested[]}} FieldError */

/**
 * What a form says in another currency: `called` is its name, `affixes` what stands before and behind
 * digits; `published` is HTML by input, escaped by roi_calc/showing/html.py.
 * @typedef {{currency: string, called: string, affixes: string[],
 *   published: Record<string, string>}} FormTexts
 */

/**
 * `taken` is what to put into fields, and `said` the sentence on it.
 * @typedef {object} Answered
 * @property {number} id
 * @property {true} ok
 * @property {Record<string, string>} taken
 * @property {string} said
 * @property {Record<string, string>} parts HTML by `data-part`, escaped by
 *   roi_calc/showing/html.py
 * @property {string} sentence
 * @property {Record<string, number | undefined>} outputs undefined where not defined
 * @property {Record<string, string>} notes by field
 * @property {Record<string, string>} units by input name
 * @property {(string | undefined)[]} live in the order in which they were asked for; undefined for
 *   one that makes no sense
 * @property {FormTexts} [form] only where the question says what the currency is called
 */

/**
 * @typedef {{id: number, ok: false, errors: FieldError[], taken: Record<string, string>,
 *   said: string}} Refused
 */

/** @typedef {Answered | Refused} Reply */

/**
 * What a reader writes for a memo, as in roi_calc/handover/door.py.
 * @typedef {object} Typed
 * @property {string} title
 * @property {string} period
 * @property {string} team
 * @property {string} author
 * @property {string} date
 * @property {string} ask
 * @property {string} left_out
 * @property {string} address of the page
 * @property {Record<string, string>} sources by input
 * @property {Record<string, string>} grades by input
 * @property {string[]} entered the fields that the reader changed
 * @property {string} count how the requests were counted, as count-dialog.js was told; may be empty
 */

/**
 * @typedef {Form & {definition: string, comparison: string, block: string, typed: Typed,
 *   workbook: boolean, months: Record<string, string>[], notes: Record<string, string>,
 *   in_link: boolean}} Wish what a form's answer is to become, with what was typed of months and for the
 *   memo, and whether the link is to carry that
 */

/**
 * A memo, and the dialog around it; both HTML escaped by roi_calc/showing/html.py. Or what is wrong
 * with the form.
 * @typedef {{id: number, ok: true, name: string, html: string, markdown: string, dialog: string,
 *   link: string}
 *   | {id: number, ok: true, file: Uint8Array<ArrayBuffer>}
 *   | {id: number, ok: false, message: string}} HandedOver
 */

/**
 * A form in which a link is opened, as in roi_calc/handover/opening.py: `values` and `currency` are
 * what it lies beside, and `own` says that these are the reader's.
 * @typedef {Form & {definition: string, block: string, link: string, own: boolean}} LinkedForm
 */

/**
 * What a link does to a form: `texts` by field, and whose numbers these are and how they lie beside
 * others as HTML escaped by roi_calc/showing/html.py.
 * @typedef {{id: number, ok: boolean, texts: Record<string, string>, currency: string,
 *   notice: string, beside: string, notes: Record<string, string>,
 *   months: (Record<string, string>)[]}} Linked
 */

/**
 * A form beside which months are entered, as in roi_calc/handover/months_form.py: their texts by field,
 * or the text of a file to open instead; `drawn` says whether their table is wanted too.
 * @typedef {Form & {definition: string, block: string, rows: Record<string, string>[], file: string,
 *   drawn: boolean}} MonthsForm
 */

/**
 * What follows from months: `html` is their table, escaped by roi_calc/showing/html.py, and `file` what
 * is to be saved; of a form that cannot be used, why.
 * @typedef {{id: number, ok: boolean, rows: Record<string, string>[], html: string,
 *   months: {figures: Record<string, string>, sentence: string, errors: Record<string, string>,
 *     standing: Record<string, string>}[], together: string, file: string, said: string}} MonthsSaid
 */

/**
 * How a file is counted, as in roi_calc/handover/count_door.py: `calls` is the second file; `texts`
 * are the settings by field, and `ticked` the values chosen, by column.
 * @typedef {object} Wanted
 * @property {File} file
 * @property {File} [calls]
 * @property {string} name
 * @property {Record<string, string>} texts
 * @property {Record<string, string[]>} ticked
 * @property {{name: string, changes: [number, number][]}} zone
 * @property {string} today
 */

/**
 * A form whose requests are counted from a file; without one it asks for the dialog.
 * @typedef {Form & {definition: string, block: string, count: Wanted | undefined}} CountForm
 */

/**
 * The dialog that counts, or what a file says: `parts` is HTML by `data-part`, both escaped by
 * roi_calc/showing/html.py; `message` is what is wrong, said beside what it is `about`; `fill` is
 * what to put into fields, and `record` what a memo says of it.
 * @typedef {{id: number, ok: boolean, dialog: string}
 *   | {id: number, ok: boolean, message: string, about: string, parts: Record<string, string>,
 *     fill: Record<string, string>, record: string}} Counted
 */

/** @typedef {"static" | "loading" | "ready" | "failed"} RuntimeState */

/**
 * What the page says first: which files to load, by name, from where, and what they hash to. `words`
 * are the languages that are asked for so far, each with its file. `fresh` names those to be fetched
 * past the browser's cache, because what it has is no good.
 * @typedef {object} Boot
 * @property {"boot"} type
 * @property {Record<string, {addresses: string[], integrity: string}>} files
 * @property {string[]} words
 * @property {object} lockInfo
 * @property {number} stallLimit
 * @property {string[]} fresh
 */

/** @typedef {{type: "words", language: string, bytes: ArrayBuffer}} Words of one more language; or what hands an answer over in it */

/**
 * Why Python is not there, as a word for support: `http-404`, `network`, `stalled` (nothing came
 * for too long), `hash` (not the file it should be), `no-wasm` (WebAssembly is missing or
 * forbidden), `no-blob` (a policy forbids to run what was verified), `wasm`, `module`, `python`
 * (they did not start), `worker` (it did not, or it ended).
 * @typedef {string} FaultCode
 */

/**
 * `progress` says that more bytes have come; `loaded` that all files are there and Python starts;
 * `fault` answers a request that made Python raise: a mistake of ours, not of the visitor.
 * @typedef {{type: "ready"} | {type: "progress"} | {type: "loaded"}
 *   | {type: "failed", code: FaultCode, file: string, reason: string}
 *   | {type: "reply", reply: Reply | HandedOver | Linked | MonthsSaid | Counted} | {type: "fault", id: number, reason: string}} WorkerMessage
 */

export {};
