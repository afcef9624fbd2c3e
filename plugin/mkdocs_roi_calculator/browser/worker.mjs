// The worker: fetches Pyodide and the calculators, verifies every file, and answers requests with
// the same roi_calc that prerendered the page.

/** @import {Reply, Request, WorkerMessage} from "./protocol.mjs" */

import { archiveIntegrity, integrity, lockInfo, sources } from "./release.mjs";

const WASM = "pyodide.asm.wasm";
const LIBRARY = "python_stdlib.zip";

/** @param {WorkerMessage} message */
const post = (message) => self.postMessage(message);

/**
 * Fetches a file and checks its hash, from the first source that has it.
 * @param {string[]} addresses
 * @param {string} hash
 * @returns {Promise<Response>}
 */
async function verified(addresses, hash) {
  let reason = "";
  for (const address of addresses) {
    try {
      const response = await fetch(address, { integrity: hash, credentials: "omit" });
      if (response.ok) {
        post({ type: "progress" });
        return response;
      }
      reason = `${response.status} ${address}`;
    } catch (error) {
      reason = `${error} ${address}`;
    }
  }
  throw new Error(reason);
}

/** @param {string} name */
const pyodideFile = (name) =>
  verified(
    sources.map((source) => new URL(name, new URL(source, import.meta.url)).href),
    integrity[name] ?? "",
  );

/**
 * Imports a module from verified bytes: an import by address could not be checked.
 * @param {Promise<Response>} response
 */
async function verifiedModule(response) {
  const source = new Blob([await (await response).arrayBuffer()], { type: "text/javascript" });
  const address = URL.createObjectURL(source);
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Throws where WebAssembly is missing or forbidden: loadPyodide would wait for ever. */
function requireWebAssembly() {
  // The smallest module there is: its magic number and version.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
}

async function start() {
  requireWebAssembly();
  const [loader, core, wasm, library, archive] = await Promise.all([
    verifiedModule(pyodideFile("pyodide.mjs")),
    verifiedModule(pyodideFile("pyodide.asm.mjs")),
    pyodideFile(WASM),
    pyodideFile(LIBRARY),
    verified([new URL("./roi_calc.zip", import.meta.url).href], archiveIntegrity),
  ]);
  const files = new Map([
    // Servers that do not know the type would stop the streaming compilation.
    [WASM, new Response(wasm.body, { headers: { "content-type": "application/wasm" } })],
    [LIBRARY, library],
  ]);
  // Pyodide and Python's own fetch get these two files and no others.
  self.fetch = async (address) => {
    const file = files.get(new URL(String(address)).pathname.split("/").at(-1) ?? "");
    if (!file) throw new TypeError(`roi-calculator: ${address} is not one of its files`);
    return file;
  };
  const pyodide = await loader.loadPyodide({
    indexURL: new URL("./", import.meta.url).href,
    createPyodideModule: core.default,
    // No package is loaded, so its list of them is not fetched.
    lockFileContents: { info: lockInfo, packages: {} },
  });
  pyodide.unpackArchive(await archive.arrayBuffer(), "zip");
  const { evaluate } = pyodide.pyimport("roi_calc.browser");
  /**
   * Answers one request, as plain data: no Python object leaves the worker.
   * @param {Request} request
   * @returns {Reply}
   */
  return (request) => {
    const question = pyodide.toPy(request);
    const reply = evaluate(question);
    question.destroy();
    try {
      return reply.toJs({ dict_converter: Object.fromEntries });
    } finally {
      reply.destroy();
    }
  };
}

const evaluator = start();

self.addEventListener("message", async (/** @type {MessageEvent<Request>} */ { data }) => {
  try {
    post({ type: "reply", reply: (await evaluator)(data) });
  } catch (error) {
    post({ type: "fault", id: data.id, reason: String(error) });
  }
});

evaluator.then(
  () => post({ type: "ready" }),
  (error) => post({ type: "failed", reason: String(error) }),
);
