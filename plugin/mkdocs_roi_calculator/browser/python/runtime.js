// The page's one Python: a worker, started once, shared by every calculator, replaced when it dies
// or does not answer, and kept while instant navigation swaps pages.

/** @import {Boot, Counted, CountForm, FaultCode, HandedOver, Linked, LinkedForm} from "./protocol.js" */
/** @import {MonthsForm, MonthsSaid, Question, Reply, RuntimeState, Wish} from "./protocol.js" */
/** @import {Words, WorkerMessage} from "./protocol.js" */
/** @import {Thread} from "./start-worker.js" */

import { files, limits, lockInfo, words } from "./release.js";
import { newWorker } from "./start-worker.js";

// A question whose worker ended is asked once more, in case it ended for another reason; one that
// ends two is at fault itself.
const MOST_ENDED = 2;
const MOST_BOOTS = 2;
// What the browser or a policy forbids it forbids a second time.
const FORBIDDEN = ["no-wasm", "no-blob"];
const WORKER = new URL("./worker.js", import.meta.url);

export class StateChangeEvent extends Event {
  constructor() {
    super("statechange");
  }
}

/** Python did not answer within the limit. */
export class OverrunError extends Error {}

/** @typedef {PromiseWithResolvers<any> & {question: Question | Wish | LinkedForm | MonthsForm | CountForm, ended: number}} Pending */

/** Starts Python in a worker and asks it questions; tells of its state by `statechange` events. */
export class Runtime extends EventTarget {
  /** A page that may not start a worker by its address brings its own way. */
  makeWorker = newWorker;
  /**
   * A page with others like it around waits for its turn; what it is given ends that.
   * @returns {Promise<() => void>}
   */
  takeTurn = async () => () => {};
  /** In milliseconds: one question. */
  answerLimit = limits.answer;
  /** @type {RuntimeState} */
  #state = "static";
  /** @type {FaultCode} */
  #fault = "";
  /** @type {Thread | undefined} */
  #worker;
  #boots = 0;
  /** @type {Map<number, Pending>} in the order in which they were asked */
  #pending = new Map();
  /** The languages that have been asked for. @type {Set<string>} */
  #languages = new Set();
  /** Of the worker: when it has the words of a language. @type {Map<string, Promise<void>>} */
  #brought = new Map();
  /** What hands an answer over in a language, once it is asked for. @type {typeof words} */
  #packs = {};
  #lastId = 0;
  #endTurn = () => {};
  /** @type {number | undefined} */
  #bootTimer;
  /** @type {number | undefined} */
  #answerTimer;

  get state() {
    return this.#state;
  }

  /** Why Python failed, as a word; empty unless it did. */
  get fault() {
    return this.#fault;
  }

  /**
   * Begins to load Python with the words of a language; a second call brings those of another one,
   * and after a failure does nothing.
   * @param {string} language such as `es-MX`
   */
  start(language) {
    this.#languages.add(base(language));
    if (this.#state === "static") this.#bootAnew();
    else if (this.#worker) this.#bring(base(language)).catch(() => {}); // tried again when needed
  }

  /** Begins anew after a failure: the network may be back. */
  retry() {
    if (this.#state === "failed") this.#bootAnew();
  }

  /**
   * Brings what hands an answer over in a language; only when ready.
   * @param {string} language
   * @param {(typeof words)[string]} pack
   */
  async bringPack(language, pack) {
    this.#packs[packOf(language)] = pack;
    await this.#bring(packOf(language));
  }

  /**
   * Has Python answer a question; only when ready, and a wish, or a form with a link, only once its
   * pack was brought.
   * @template {Question | Wish | LinkedForm | MonthsForm | CountForm} Asked
   * @param {Asked} question
   * @returns {Promise<Asked extends LinkedForm ? Linked : Asked extends MonthsForm ? MonthsSaid
   *   : Asked extends CountForm ? Counted : Asked extends Wish ? HandedOver : Reply>}
   *   rejected if Python fails on it; OverrunError if it takes too long
   */
  evaluate(question) {
    const id = ++this.#lastId;
    const pending = { ...promiseWithResolvers(), question, ended: 0 };
    this.#pending.set(id, pending);
    this.#languages.add(base(question.language));
    this.#send(id, question);
    if (this.#pending.size === 1) this.#waitForAnswer();
    return pending.promise;
  }

  /**
   * Sends a question behind the words of its language.
   * @param {number} id
   * @param {Question | Wish | LinkedForm | MonthsForm | CountForm} question
   */
  async #send(id, question) {
    const worker = this.#worker;
    try {
      await this.#bring(base(question.language));
      if ("block" in question) await this.#bring(packOf(question.language));
    } catch (error) {
      // A new worker fetches them with everything else, and says what is wrong.
      if (worker === this.#worker) this.#workerEnded(String(error));
      return;
    }
    if (worker === this.#worker) worker?.postMessage({ ...question, id });
  }

  /**
   * Brings the worker the words of a language that it was not started with, as by instant
   * navigation: it reaches no network any more.
   * @param {string} language
   */
  #bring(language) {
    const known = this.#brought.get(language) ?? this.#fetchWords(language);
    this.#brought.set(language, known);
    known.catch(() => this.#brought.delete(language));
    return known;
  }

  /** @param {string} language one without words is Python's to refuse */
  async #fetchWords(language) {
    const file = words[language] ?? this.#packs[language];
    if (!file) return;
    const worker = this.#worker;
    const address = new URL(file.addresses[0] ?? "", WORKER);
    const response = await fetch(address, { integrity: file.integrity });
    /** @type {Words} */
    const message = { type: "words", language, bytes: await response.arrayBuffer() };
    worker?.postMessage(message);
  }

  async #bootAnew() {
    this.#endWorker();
    this.#boots = 0;
    this.#fault = "";
    this.#become("loading");
    this.#endTurn = await this.takeTurn();
    this.#boot([]);
  }

  /** @param {string[]} fresh the files to fetch past the browser's cache */
  async #boot(fresh) {
    this.#boots += 1;
    this.#endWorker();
    this.#waitForBoot(2 * limits.stall);
    const timer = this.#bootTimer;
    try {
      const worker = await this.makeWorker(WORKER, this.#boots > 1);
      // Given up on while it was made.
      if (timer !== this.#bootTimer) return worker.terminate();
      worker.addEventListener("message", (event) => this.#receive(event.data));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.#workerEnded(event.message);
      });
      worker.addEventListener("messageerror", () => this.#workerEnded("message"));
      this.#worker = worker;
      const known = [...this.#languages].filter((language) => language in words);
      this.#brought = new Map(known.map((language) => [language, Promise.resolve()]));
      const theirs = known.map((language) => [`${language}.zip`, words[language]]);
      /** @type {Boot} */
      const boot = {
        type: "boot",
        files: absolute({ ...files, ...Object.fromEntries(theirs) }),
        words: known,
        lockInfo,
        stallLimit: limits.stall,
        fresh,
      };
      worker.postMessage(boot);
    } catch (error) {
      if (timer === this.#bootTimer) this.#bootFailed("worker", "", String(error));
    }
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "progress") {
      this.#waitForBoot(2 * limits.stall);
    } else if (message.type === "loaded") {
      this.#waitForBoot(limits.start);
    } else if (message.type === "ready") {
      clearTimeout(this.#bootTimer);
      for (const [id, { question }] of this.#pending) this.#send(id, question);
      this.#waitForAnswer();
      this.#become("ready");
    } else if (message.type === "failed") {
      this.#bootFailed(message.code, message.file, message.reason);
    } else if (message.type === "reply") {
      this.#settle(message.reply.id)?.resolve(message.reply);
    } else {
      this.#settle(message.id)?.reject(new Error(message.reason));
    }
  }

  /** @param {number} limit in milliseconds, for the next message */
  #waitForBoot(limit) {
    clearTimeout(this.#bootTimer);
    this.#bootTimer = setTimeout(() => this.#bootFailed("stalled", "", "no word"), limit);
  }

  /**
   * @param {FaultCode} code
   * @param {string} file
   * @param {string} reason
   */
  #bootFailed(code, file, reason) {
    console.warn(`roi-calculator: Python could not be loaded (${code}: ${file} ${reason})`);
    if (this.#boots < MOST_BOOTS && !FORBIDDEN.includes(code)) {
      this.#boot(file ? [file] : []);
      return;
    }
    this.#endWorker();
    this.#fault = code;
    for (const { reject } of this.#pending.values()) reject(new Error(code));
    this.#pending.clear();
    this.#become("failed");
  }

  /** Gives the question that is at work, the oldest, its time. */
  #waitForAnswer() {
    clearTimeout(this.#answerTimer);
    if (this.#pending.size > 0) {
      this.#answerTimer = setTimeout(() => this.#workerEnded("no answer"), this.answerLimit);
    }
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#waitForAnswer();
    return pending;
  }

  /** @param {string} reason */
  #workerEnded(reason) {
    if (this.#state === "loading") {
      this.#bootFailed("worker", "", reason);
      return;
    }
    console.warn(`roi-calculator: the worker is replaced (${reason})`);
    const [first] = this.#pending;
    if (first) {
      const [id, atWork] = first;
      atWork.ended += 1;
      if (atWork.ended >= MOST_ENDED) this.#settle(id)?.reject(new OverrunError(reason));
    }
    this.#bootAnew();
  }

  #endWorker() {
    clearTimeout(this.#bootTimer);
    clearTimeout(this.#answerTimer);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** @param {RuntimeState} state */
  #become(state) {
    if (state !== "loading") this.#endTurn();
    this.#state = state;
    this.dispatchEvent(new StateChangeEvent());
  }
}

/** @param {string} language */
const base = (language) => language.split("-")[0] ?? "";

/** As worker.js and roi_calc/handover/door.py call it. @param {string} language */
const packOf = (language) => `${base(language)}.handover`;

/** @param {Boot["files"]} relative */
function absolute(relative) {
  return Object.fromEntries(
    Object.entries(relative).map(([name, { addresses, integrity }]) => [
      name,
      { addresses: addresses.map((address) => new URL(address, WORKER).href), integrity },
    ]),
  );
}

/**
 * Promise.withResolvers, which browsers have only since 2024.
 * @returns {PromiseWithResolvers<any>}
 */
function promiseWithResolvers() {
  /** @type {(value: any) => void} */
  let resolve = () => {};
  /** @type {(reason?: unknown) => void} */
  let reject = () => {};
  /** @type {Promise<any>} */
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

export const runtime = new Runtime();
