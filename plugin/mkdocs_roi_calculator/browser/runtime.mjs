// The page's one Python: a worker, started once, shared by every calculator, and kept while
// instant navigation swaps pages.

/** @import {Question, Reply, RuntimeState, WorkerMessage} from "./protocol.mjs" */

// So long may nothing come before the page says that Python will not: a thin connection needs
// minutes for the largest file.
const STALL_LIMIT_MS = 240_000;

export class StateChangeEvent extends Event {
  constructor() {
    super("statechange");
  }
}

/** Starts Python in a worker and asks it questions; tells of its state by `statechange` events. */
export class Runtime extends EventTarget {
  /** @type {RuntimeState} */
  #state = "static";
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, PromiseWithResolvers<Reply>>} */
  #pending = new Map();
  #lastId = 0;
  /** @type {number | undefined} */
  #stallTimer;

  get state() {
    return this.#state;
  }

  /** Begins to load Python; a second call does nothing, after a failure too. */
  start() {
    if (this.#state === "static") this.#boot();
  }

  /** Begins anew after a failure: the network may be back. */
  retry() {
    if (this.#state === "failed") this.#boot();
  }

  #boot() {
    this.#become("loading");
    try {
      const worker = new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
      worker.addEventListener("message", (event) => this.#receive(event.data));
      worker.addEventListener("error", (event) => this.#fail(event.message || "worker"));
      worker.addEventListener("messageerror", () => this.#fail("message"));
      this.#worker = worker;
      this.#waitForProgress();
    } catch (error) {
      this.#fail(String(error));
    }
  }

  /**
   * Has Python answer a question; only when ready.
   * @param {Question} question
   * @returns {Promise<Reply>} rejected if Python fails on it
   */
  evaluate(question) {
    const id = ++this.#lastId;
    /** @type {PromiseWithResolvers<Reply>} */
    const pending = promiseWithResolvers();
    this.#pending.set(id, pending);
    this.#worker?.postMessage({ ...question, id });
    return pending.promise;
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "ready") {
      if (this.#state === "loading") this.#become("ready");
    } else if (message.type === "progress") {
      this.#waitForProgress();
    } else if (message.type === "failed") {
      this.#fail(message.reason);
    } else if (message.type === "reply") {
      this.#settle(message.reply.id)?.resolve(message.reply);
    } else {
      this.#settle(message.id)?.reject(new Error(message.reason));
    }
  }

  #waitForProgress() {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = setTimeout(() => this.#fail("stalled"), STALL_LIMIT_MS);
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** @param {string} reason */
  #fail(reason) {
    if (this.#state === "failed") return;
    console.warn(`roi-calculator: Python could not be loaded (${reason})`);
    this.#worker?.terminate();
    for (const { reject } of this.#pending.values()) reject(new Error(reason));
    this.#pending.clear();
    this.#become("failed");
  }

  /** @param {RuntimeState} state */
  #become(state) {
    if (state !== "loading") clearTimeout(this.#stallTimer);
    this.#state = state;
    this.dispatchEvent(new StateChangeEvent());
  }
}

/**
 * Promise.withResolvers, which browsers have only since 2024.
 * @template T
 * @returns {PromiseWithResolvers<T>}
 */
function promiseWithResolvers() {
  /** @type {(value: T | PromiseLike<T>) => void} */
  let resolve = () => {};
  /** @type {(reason?: unknown) => void} */
  let reject = () => {};
  const promise = /** @type {Promise<T>} */ (
    new Promise((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    })
  );
  return { promise, resolve, reject };
}

export const runtime = new Runtime();
