// The one script of a page. As a module it would start nowhere where a theme drops the type, and
// elsewhere nothing of it is more than an import, so it runs as either.

// What a page is sent is these two: all that the first imports is joined to it.
Promise.all([import("./define.js"), import("./python/release.js")]).catch((error) =>
  console.error("roi-calculator:", error),
);
