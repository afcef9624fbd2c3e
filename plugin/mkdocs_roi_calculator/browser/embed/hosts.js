// The page around an embed page: it is told how high the page is and that it answers, in the words
// of whoever may listen there. It is told neither what is typed nor what comes out.

const NAME = "roi-calculator";
const VERSION = 1;
/** How often a frame looks whether it has a width. */
const WIDTH_MS = 100;

/** @param {unknown} data @returns {Record<string, unknown>} */
function record(data) {
  try {
    const read = typeof data === "string" ? JSON.parse(data) : data;
    return read && typeof read === "object" ? read : {};
  } catch {
    return {};
  }
}

/** @param {unknown} message */
function post(message) {
  if (parent !== window) parent.postMessage(message, "*");
}

export class Host {
  #frame;
  #id;
  #secret;
  /** @type {{windowId: unknown, isText: boolean} | undefined} Iframely's name for this frame */
  #registered;
  #height = 0;

  /**
   * @param {HTMLElement} frame what is as high as the page around has to make its frame
   * @param {string} id of the embed page
   * @param {string | undefined} secret WordPress' word for this frame
   */
  constructor(frame, id, secret) {
    this.#frame = frame;
    this.#id = id;
    this.#secret = secret;
  }

  /**
   * Begins to tell, and to listen.
   * @param {(wishes: Record<string, unknown>) => void} dress what to do with what the host wishes
   */
  begin(dress) {
    addEventListener("message", (event) => this.#receive(event, dress));
    // A frame that may open no window: WordPress opens links that it knows itself.
    this.#frame.addEventListener("click", ({ target }) => {
      const link = target instanceof Element ? target.closest("a") : null;
      if (link && this.#secret !== undefined) {
        post({ message: "link", value: link.href, secret: this.#secret });
      }
    });
    // In a frame, so that what is measured is what is shown.
    new ResizeObserver(() => requestAnimationFrame(() => this.#tellHeight())).observe(this.#frame);
    // A page that comes back from the browser's memory has a new parent's frame to fill.
    addEventListener("pageshow", () => this.#tellHeight(true));
    this.#tellReady();
  }

  /**
   * @param {string} type
   * @param {object} [more]
   */
  tell(type, more = {}) {
    post({ ns: NAME, v: VERSION, id: this.#id, type, ...more });
  }

  /**
   * @param {MessageEvent} event
   * @param {(wishes: Record<string, unknown>) => void} dress
   */
  #receive({ source, data }, dress) {
    if (source !== parent || source === window) return;
    const said = record(data);
    if (said.ns === NAME && said.v === VERSION && said.type === "init") {
      dress(said);
      this.#tellHeight(true);
    } else if (said.method === "register" && said.windowId !== undefined) {
      this.#registered = { windowId: said.windowId, isText: typeof data === "string" };
      this.#tellHeight(true);
    } else if (
      said.message === "ready" &&
      this.#secret !== undefined &&
      said.secret === this.#secret
    ) {
      // WordPress listens from now on, and may have missed what was told before.
      this.#tellHeight(true);
    }
  }

  /**
   * Tells that the page is there, and how high it is: not before the frame has a width. No observer
   * does in a frame that is hidden until its height is known, as WordPress keeps them.
   */
  #tellReady() {
    if (innerWidth) {
      this.tell("ready", { height: this.#measured });
      this.#tellHeight();
      // No event tells a frame of its first size, least of all one that is far from the screen.
    } else setTimeout(() => this.#tellReady(), WIDTH_MS);
  }

  get #measured() {
    return Math.ceil(this.#frame.getBoundingClientRect().height);
  }

  /** Tells how high the page is, in the words of whoever may listen. @param {boolean} [again] */
  #tellHeight(again = false) {
    if (!innerWidth) return;
    const height = this.#measured;
    if (height === this.#height && !again) return;
    this.#height = height;
    this.tell("resize", { height });
    if (this.#secret !== undefined) {
      post({ message: "height", value: height, secret: this.#secret });
    }
    if (this.#registered) {
      const said = { method: "resize", windowId: this.#registered.windowId, height };
      post(this.#registered.isText ? JSON.stringify(said) : said);
    }
    const [src] = location.href.split(/[?#]/);
    post(JSON.stringify({ context: "iframe.resize", src, height }));
    post({ sentinel: "amp", type: "embed-size", height });
  }
}
