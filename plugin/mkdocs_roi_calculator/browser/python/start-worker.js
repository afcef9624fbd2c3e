// Starts the worker, as the page's policy allows.

/** @typedef {Pick<Worker, "postMessage" | "addEventListener" | "terminate">} Thread */

export const SCRIPT = { type: "text/javascript" };

/**
 * A policy in the page's own head binds a worker only if the page made it: hosts that set no
 * headers confine Python that way.
 * @param {URL} script
 * @param {boolean} isSecond whether to fetch the worker past the browser's cache
 * @returns {Promise<Thread>}
 */
export async function newWorker(script, isSecond) {
  if (!document.querySelector('meta[http-equiv="Content-Security-Policy" i]')) {
    return new Worker(fresh(script, isSecond), { type: "module" });
  }
  const source = new Blob([await sourceOf(script, isSecond)], SCRIPT);
  return new Worker(URL.createObjectURL(source), { type: "module" });
}

/**
 * @param {URL} script
 * @param {boolean} isSecond as above
 */
export async function sourceOf(script, isSecond) {
  const response = await fetch(fresh(script, isSecond));
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

/**
 * @param {URL} script
 * @param {boolean} isSecond as above
 */
function fresh(script, isSecond) {
  const address = new URL(script);
  if (isSecond) address.search = String(Date.now());
  return address;
}
