// The one script of a page. As a module it would start nowhere where a theme drops the type, and
// elsewhere nothing of it is more than an import, so it runs as either.

// All that is needed further in is named, so that it is fetched at once and not one by one.
Promise.all([
  import("./define.js"),
  import("./calculator/element.js"),
  import("./calculator/fields.js"),
  import("./calculator/corrections.js"),
  import("./calculator/prose.js"),
  import("./calculator/carry-over.js"),
  import("./calculator/blocks.js"),
  import("./calculator/tab-memory.js"),
  import("./embed/button.js"),
  import("./python/release.js"),
  import("./python/runtime.js"),
  import("./python/start-worker.js"),
]).catch((error) => console.error("roi-calculator:", error));
