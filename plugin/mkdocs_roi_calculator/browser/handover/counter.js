// Counts in a Python of its own: a form is answered meanwhile, a count can be given up, and what a
// file takes of the memory goes with the worker.

/** @import {Counted, CountForm} from "../python/protocol.js" */
/** @import {Thread} from "../python/start-worker.js" */

import { Runtime } from "../python/runtime.js";
import { fetchedPack } from "./fetching.js";

// A million rows may take a minute; whoever does not want to wait gives it up. The longest there is.
const NO_LIMIT_MS = 2 ** 31 - 1;

export class Counter {
  #page;
  #language;
  /** @type {Runtime | undefined} */
  #runtime;
  /** @type {Thread | undefined} */
  #thread;

  /**
   * @param {Runtime} page whose way to start a worker it takes
   * @param {string} language
   */
  constructor(page, language) {
    this.#page = page;
    this.#language = language;
  }

  /** Has Python be there. */
  async start() {
    this.#runtime ??= this.#made();
    await fetchedPack(this.#runtime, this.#language);
    return this.#runtime;
  }

  /**
   * @param {CountForm} form
   * @returns {Promise<Counted>} never settled if it is given up
   */
  async count(form) {
    const runtime = await this.start();
    return runtime.evaluate(form);
  }

  /** Ends the worker with all that it holds; the next count starts another. */
  giveUp() {
    this.#thread?.terminate();
    this.#thread = this.#runtime = undefined;
  }

  #made() {
    const runtime = new Runtime();
    runtime.answerLimit = NO_LIMIT_MS;
    runtime.makeWorker = async (...how) => {
      const thread = await this.#page.makeWorker(...how);
      if (this.#runtime === runtime) this.#thread = thread;
      else thread.terminate();
      return thread;
    };
    return runtime;
  }
}
