// The one script that a blog includes: puts a frame in place of each `data-roi-calculator` holder
// as the reader comes near, and makes it as high as what is in it. It asks nobody for anything but
// the frame, keeps nothing, and leaves the link in the holder where the frame does not come.
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const home = script && new URL(script.src).origin;
  const NAME = "roi-calculator";
  const SANDBOX =
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";
  const PATIENCE_MS = 30000;
  const NEARBY = "600px";

  /** @param {number} height in pixels */
  const clamped = (height) => Math.min(Math.max(Math.ceil(height), 120), 9000);

  /** @param {HTMLElement} holder @param {string} reason */
  const warn = (holder, reason) =>
    console.warn(`${NAME}: ${holder.dataset.roiCalculator}: ${reason}`);

  /** @param {HTMLElement} holder @param {string} type @param {object} [more] */
  const tell = (holder, type, more) => {
    const detail = { id: holder.dataset.roiCalculator, ...more };
    holder.dispatchEvent(new CustomEvent(`${NAME}:${type}`, { bubbles: true, detail }));
  };

  /** @param {HTMLElement} holder @param {URL} address */
  const wishes = (holder, address) => {
    const query = new URLSearchParams(address.hash.slice(1));
    for (const { name, value } of holder.attributes) {
      const wish =
        /^data-(?:(theme|accent|language|view|currency|radius|font|spacing)|prefill-(.+))$/.exec(
          name,
        );
      if (wish) query.set(wish[1] ?? wish[2] ?? "", value);
    }
    address.hash = `${query}`;
    return address.href;
  };

  /** @param {HTMLElement} holder @param {HTMLAnchorElement} link */
  const show = (holder, link) => {
    const frame = document.createElement("iframe");
    const own = "all:initial;width:100%;";
    frame.title = holder.dataset.title || link.textContent.trim();
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", SANDBOX);
    frame.style.cssText = `${own}position:absolute;inset:0;height:100%;opacity:0`;
    // Over the link, in the place that is kept.
    holder.style.position = "relative";
    frame.src = wishes(holder, new URL(link.href));
    let isReady = false;

    const giveUp = () => {
      if (isReady) return;
      // In a place that is folded up no frame has a size to tell.
      if (!frame.offsetWidth) return wait();
      removeEventListener("message", listen);
      frame.remove();
      warn(holder, "the frame did not answer; the link stays");
      tell(holder, "error", { code: "frame" });
    };
    const wait = () => setTimeout(giveUp, PATIENCE_MS);
    wait();

    /** @param {MessageEvent} event */
    const listen = ({ source, origin, data }) => {
      // Both: frames without an origin are all alike, and any frame of the guide has its origin.
      if (source !== frame.contentWindow || origin !== home) return;
      if (data?.ns !== NAME || data.v !== 1) return;
      const { type, height, detail } = data;
      if (type === "ready" && !isReady) {
        isReady = true;
        link.style.display = "none";
        frame.style.cssText = `${own}display:block`;
        frame.style.height = holder.style.minHeight || "120px";
      }
      if (!isReady) return;
      if (Number.isFinite(height)) {
        frame.style.height = `${clamped(height)}px`;
        holder.style.minHeight = "";
      }
      if (type === "ready" || type === "result") tell(holder, type);
      if (type === "error") tell(holder, type, { code: String(detail).slice(0, 40) });
    };
    addEventListener("message", listen);
    holder.append(frame);
  };

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const link = target.querySelector("a");
        if (!isIntersecting || !link) continue;
        near.unobserve(target);
        show(/** @type {HTMLElement} */ (target), link);
      }
    },
    { rootMargin: NEARBY },
  );

  const scan = () => {
    const all = /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-roi-calculator]:not([data-roi-seen])")
    );
    for (const holder of all) {
      // Whoever includes the script twice still gets one frame.
      holder.dataset.roiSeen = "";
      const link = holder.querySelector("a");
      if (!link || link.origin !== home) {
        warn(holder, `expected a link to ${home}`);
        continue;
      }
      const height = Number(holder.dataset.height);
      if (height) holder.style.minHeight ||= `${clamped(height)}px`;
      near.observe(holder);
    }
  };

  scan();
  document.addEventListener("DOMContentLoaded", scan);
})();
