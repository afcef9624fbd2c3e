// Starts the worker in a frame without an origin, which may not start one by its address, and in
// Chromium not from a blob either; where none starts at all, Python answers on the page's thread.

/** @import {Thread} from "./start-worker.js" */

import { SCRIPT, sourceOf } from "./start-worker.js";

/**
 * @param {URL} script
 * @param {boolean} isSecond whether to fetch the worker past the browser's cache
 * @returns {Promise<Thread>}
 */
export async function newSandboxedWorker(script, isSecond) {
  const source = await sourceOf(script, isSecond);
  const living = `${source}\npostMessage({ type: "progress" });\n`;
  for (const address of [
    URL.createObjectURL(new Blob([living], SCRIPT)),
    `data:${SCRIPT.type};charset=utf-8,${encodeURIComponent(living)}`,
  ]) {
    const worker = await started(address);
    if (worker) return worker;
  }
  return ownThread(source);
}

/** @param {string} address @returns {Promise<Worker | undefined>} once it has said a word */
async function started(address) {
  try {
    const worker = new Worker(address, { type: "module" });
    const isAlive = await new Promise((resolve) => {
      worker.addEventListener("message", () => resolve(true), { once: true });
      worker.addEventListener(
        "error",
        (event) => {
          event.preventDefault();
          resolve(false);
        },
        { once: true },
      );
    });
    if (isAlive) return worker;
    worker.terminate();
  } catch {
    // Refused at once; the next way, then.
  }
  return undefined;
}

/** @param {string} source @returns {Promise<Thread>} */
async function ownThread(source) {
  const { port1, port2 } = new MessageChannel();
  Object.defineProperty(self, "roiPort", { value: port2 });
  await import(URL.createObjectURL(new Blob([source], SCRIPT)));
  port1.start();
  return Object.assign(port1, { terminate: () => port1.close() });
}
