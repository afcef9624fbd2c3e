// Starts the worker, in whatever way the page or the frame that it stands in allows.

/** @typedef {Pick<Worker, "postMessage" | "addEventListener" | "terminate">} Thread */

const SCRIPT = { type: "text/javascript" };

/**
 * A policy in the page's own head binds a worker only if the page made it: hosts that set no
 * headers confine Python that way.
 * @param {URL} script
 * @param {boolean} isSecond whether to fetch the worker past the browser's cache
 * @returns {Promise<Thread>}
 */
export async function newWorker(script, isSecond) {
  const address = new URL(script);
  if (isSecond) address.search = String(Date.now());
  const isSandboxed = self.origin === "null";
  if (!isSandboxed && !document.querySelector('meta[http-equiv="Content-Security-Policy" i]')) {
    return new Worker(address, { type: "module" });
  }
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  const source = await response.text();
  const blob = URL.createObjectURL(new Blob([source], SCRIPT));
  return isSandboxed ? sandboxed(source) : new Worker(blob, { type: "module" });
}

/**
 * A frame without an origin may not start a worker by its address, and in Chromium not from a blob
 * either; where none starts at all, Python answers on the page's own thread.
 * @param {string} source
 */
async function sandboxed(source) {
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
