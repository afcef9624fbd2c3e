// The worker: fetches Python's files, verifies every one, and answers requests with the same
// roi_calc that prerendered the page. It imports nothing of its own, so that one address brings it.

/** @import {Boot, Counted, CountForm, HandedOver, Linked, LinkedForm} from "./protocol.js" */
/** @import {MonthsForm, MonthsSaid, Reply, Request, Wish, Words, WorkerMessage} from "./protocol.js" */

/** @typedef {Request | ((Wish | LinkedForm | MonthsForm | CountForm) & {id: number})} Asked */

const SCRIPT = { type: "text/javascript" };
const LOADER = "pyodide.js";
const WASM = "pyodide.asm.wasm";
const LIBRARY = "library.zip";
const SITE = "site.zip";
const SITE_FOLDER = "/site";
// As roi_calc/language/catalogs.py looks for them.
const WORDS_FOLDER = "/words";
// Pyodide wants addresses; everything is here already.
const NOWHERE = "https://nowhere.invalid/";
const PROGRESS_PAUSE_MS = 250;

// Where a frame may start no worker, the page's own thread does the work, and talks through a port.
const page = /** @type {{roiPort?: MessagePort}} */ (/** @type {unknown} */ (self)).roiPort;

/** @param {WorkerMessage} message */
const post = (message) => (page ?? self).postMessage(message);

/** What keeps Python from starting; its code is one of protocol.js. */
class Fault extends Error {
  /**
   * @param {string} code
   * @param {string} file
   * @param {unknown} reason
   */
  constructor(code, file, reason) {
    super(String(reason));
    this.code = code;
    this.file = file;
  }
}

/** Fetches the files that a boot message names. */
class Files {
  #boot;
  #lastProgress = 0;

  /** @param {Boot} boot */
  constructor(boot) {
    this.#boot = boot;
  }

  /** @param {string} name */
  has(name) {
    return name in this.#boot.files;
  }

  /** @param {string} name */
  async bytes(name) {
    const { bytes } = await this.#firstGood(name, readResponse);
    return bytes;
  }

  /** @param {string} name @returns {Promise<WebAssembly.Module>} */
  async wasm(name) {
    const { module } = await this.#firstGood(name, compileResponse);
    return module;
  }

  /** @param {string} name */
  async module(name) {
    const { bytes } = await this.#firstGood(name, readResponse);
    try {
      return await imported(bytes);
    } catch (error) {
      throw new Fault("module", name, error);
    }
  }

  /**
   * Has a file read from the first of its addresses that gives what its hash says.
   * @template {{bytes: ArrayBuffer}} Read
   * @param {string} name
   * @param {(response: Response, isAlive: () => void) => Promise<Read>} read
   * @returns {Promise<Read>}
   */
  async #firstGood(name, read) {
    const file = this.#boot.files[name];
    let fault = new Fault("network", name, "no address");
    for (const address of file?.addresses ?? []) {
      try {
        return await this.#verified(name, address, file?.integrity ?? "", read);
      } catch (error) {
        fault = error instanceof Fault ? error : new Fault("network", name, `${error} ${address}`);
      }
    }
    throw fault;
  }

  /**
   * @template {{bytes: ArrayBuffer}} Read
   * @param {string} name
   * @param {string} address
   * @param {string} integrity
   * @param {(response: Response, isAlive: () => void) => Promise<Read>} read
   * @returns {Promise<Read>}
   */
  async #verified(name, address, integrity, read) {
    const stalled = new Fault("stalled", name, address);
    const aborter = new AbortController();
    let timer = 0;
    const isAlive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => aborter.abort(stalled), this.#boot.stallLimit);
      this.#tellProgress();
    };
    isAlive();
    try {
      const response = await fetch(address, {
        // What the cache has is verified, however old it is.
        cache: this.#boot.fresh.includes(name) ? "reload" : "force-cache",
        signal: aborter.signal,
        // The browser checks only what is complete, so nothing can be told or compiled before.
        ...(crypto.subtle ? {} : { integrity }),
      });
      if (!response.ok) throw new Fault(`http-${response.status}`, name, address);
      const done = await read(response, isAlive);
      if (crypto.subtle && (await hashOf(done.bytes)) !== integrity) {
        throw new Fault("hash", name, address);
      }
      return done;
    } catch (error) {
      throw aborter.signal.aborted ? stalled : error;
    } finally {
      clearTimeout(timer);
    }
  }

  #tellProgress() {
    if (performance.now() - this.#lastProgress < PROGRESS_PAUSE_MS) return;
    this.#lastProgress = performance.now();
    post({ type: "progress" });
  }
}

/**
 * @param {Response} response
 * @param {() => void} isAlive
 */
async function readResponse(response, isAlive) {
  /** @type {BlobPart[]} */
  const chunks = [];
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    isAlive();
    chunks.push(part.value);
  }
  return { bytes: await new Blob(chunks).arrayBuffer() };
}

/**
 * Compiles while the bytes come; nothing runs before they are verified.
 * @param {Response} response
 * @param {() => void} isAlive
 */
async function compileResponse(response, isAlive) {
  const copy = response.clone();
  // Servers that do not know the type would stop the compilation.
  const isTyped = response.headers.get("content-type") === "application/wasm";
  const typed = isTyped
    ? response
    : new Response(response.body, { headers: { "content-type": "application/wasm" } });
  const compiled = WebAssembly.compileStreaming(typed).catch((error) => {
    throw new Fault("wasm", WASM, error);
  });
  compiled.catch(() => {}); // what came is looked at first: it tells more
  const { bytes } = await readResponse(copy, isAlive);
  return { bytes, module: compiled };
}

/** @param {BlobPart} bytes what runs is these, and nothing that is fetched once more */
async function imported(bytes) {
  const address = URL.createObjectURL(new Blob([bytes], SCRIPT));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {ArrayBuffer} bytes as an integrity value */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  return `sha384-${btoa(String.fromCharCode(...digest))}`;
}

/** Throws where WebAssembly is missing or forbidden: loadPyodide would wait for ever. */
function requireWebAssembly() {
  try {
    // The smallest module there is: its magic number and version.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (error) {
    throw new Fault("no-wasm", WASM, error);
  }
}

/** Throws where a policy forbids to run the very bytes that were verified. */
async function requireBlobs() {
  try {
    await imported("");
  } catch {
    throw new Fault("no-blob", LOADER, "the policy of worker.js lacks blob: in script-src");
  }
}

/** @param {Boot} boot */
async function start(boot) {
  requireWebAssembly();
  await requireBlobs();
  const files = new Files(boot);
  const [loader, core, wasm, library, site, ...words] = await Promise.all([
    files.module(LOADER),
    files.module("pyodide.asm.js"),
    files.wasm(WASM),
    files.bytes(LIBRARY),
    files.has(SITE) ? files.bytes(SITE) : undefined,
    ...boot.words.map((language) => files.bytes(wordsFile(language))),
  ]);
  post({ type: "loaded" });
  const pyodide = await pythonFrom(loader, core, wasm, library, boot.lockInfo);
  if (site) {
    pyodide.unpackArchive(site, "zip", { extractDir: SITE_FOLDER });
    // Before the library: a checkout's own roi_calc wins over the one that was packed.
    pyodide.pyimport("sys").path.insert(0, SITE_FOLDER);
  }
  closeNetwork();
  pyodide.FS.mkdirTree(WORDS_FOLDER);
  /**
   * Lets Python speak a language.
   * @param {string} language
   * @param {ArrayBuffer} bytes
   */
  const learn = (language, bytes) =>
    pyodide.FS.writeFile(`${WORDS_FOLDER}/${wordsFile(language)}`, new Uint8Array(bytes));
  for (const [index, bytes] of words.entries()) learn(boot.words[index] ?? "", bytes);
  const { evaluate, calculator_named: find } = pyodide.pyimport("roi_calc.browser");
  /**
   * What hands an answer over: it lies beside the words that it came with.
   * @param {string} language
   */
  const handOver = (language) => {
    const place = `${WORDS_FOLDER}/${wordsFile(`${language.split("-")[0]}.handover`)}/roi_calc`;
    const places = pyodide.pyimport("roi_calc").__path__;
    if (!places.includes(place)) places.append(place);
    return pyodide.pyimport("roi_calc.handover.door").handed_over;
  };
  /**
   * Answers one request, as plain data: no Python object leaves the worker.
   * @param {Asked} request
   * @returns {Reply | HandedOver | Linked | MonthsSaid | Counted}
   */
  const answer = (request) => {
    const question = pyodide.toPy(request);
    const reply =
      "block" in request ? handOver(request.language)(question, find) : evaluate(question);
    question.destroy();
    try {
      return reply.toJs({ dict_converter: Object.fromEntries });
    } finally {
      reply.destroy();
    }
  };
  return { answer, learn };
}

/** @param {string} language */
const wordsFile = (language) => `${language}.zip`;

/**
 * Starts Pyodide with files that are here already; rejects where it would wait for ever.
 * @param {any} loader
 * @param {any} core
 * @param {WebAssembly.Module} wasm
 * @param {ArrayBuffer} library
 * @param {object} lockInfo
 */
async function pythonFrom(loader, core, wasm, library, lockInfo) {
  // Pyodide asks for these two and no others.
  self.fetch = async (address) => new Response(String(address).endsWith(LIBRARY) ? library : null);
  const instantiated = new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      try {
        return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
      } catch (error) {
        reject(new Fault("wasm", WASM, error));
        throw error;
      }
    };
  });
  const python = loader.loadPyodide({
    indexURL: NOWHERE,
    stdLibURL: `${NOWHERE}${LIBRARY}`,
    createPyodideModule: core.default,
    // No package is loaded, so its list of them is not fetched.
    lockFileContents: { info: lockInfo, packages: {} },
  });
  return Promise.race([python, instantiated]);
}

const CLOSED = [
  ...["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource"],
  ...["importScripts", "Worker", "SharedWorker", "BroadcastChannel", "FontFace"],
  ...["caches", "indexedDB", "eval"],
];

/**
 * Takes away what could reach the network, or run the text that could. A policy of the site is the
 * wall; this is the fence where no policy can be set.
 */
function closeNetwork() {
  const refuse = () => {
    throw new TypeError("roi-calculator: calculators reach nothing but their own files");
  };
  for (const name of CLOSED) {
    if (name in self) Object.defineProperty(self, name, { value: refuse });
  }
  for (const sample of [() => {}, async () => {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(sample), "constructor", { value: refuse });
  }
  for (const name of /** @type {const} */ (["setTimeout", "setInterval"])) {
    const timer = self[name];
    const checked = (/** @type {unknown} */ handler, /** @type {unknown[]} */ ...rest) =>
      typeof handler === "function" ? Reflect.apply(timer, self, [handler, ...rest]) : refuse();
    Object.defineProperty(self, name, { value: checked });
  }
}

/** @type {ReturnType<typeof start> | undefined} */
let python;

/** @param {Boot | Words | Asked} data */
async function receive(data) {
  if ("lockInfo" in data) {
    python = start(data);
    python.then(
      () => post({ type: "ready" }),
      (error) => {
        const { code = "python", file = "", message } = error;
        post({ type: "failed", code, file, reason: message || String(error) });
      },
    );
    return;
  }
  if ("bytes" in data) {
    // That Python did not start is told already.
    python?.then(({ learn }) => learn(data.language, data.bytes)).catch(() => {});
    return;
  }
  try {
    const { answer } = (await python) ?? {};
    if (answer) post({ type: "reply", reply: answer(data) });
  } catch (error) {
    post({ type: "fault", id: data.id, reason: String(error) });
  }
}

(page ?? self).addEventListener("message", (event) => {
  receive(/** @type {MessageEvent<Boot | Words | Asked>} */ (event).data);
});
page?.start();
