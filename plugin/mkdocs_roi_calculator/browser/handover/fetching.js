// What only some readers need is fetched when they do: what hands an answer over, and how it looks.

/** @import {Runtime} from "../python/runtime.js" */

import { packs } from "./packs.js";

/**
 * Has Python be there, begun anew after a failure, and bring what hands an answer over.
 * @param {Runtime} runtime
 * @param {string} language
 * @returns {Promise<void>} rejected if it cannot be
 */
export async function fetchedPack(runtime, language) {
  const pack = packs[language.split("-")[0] ?? ""];
  if (!pack) throw new Error(`no words in ${language}`);
  runtime.start(language);
  runtime.retry();
  await new Promise((resolve, reject) => {
    const look = () => {
      if (runtime.state === "loading") return;
      runtime.removeEventListener("statechange", look);
      if (runtime.state === "ready") resolve(undefined);
      else reject(new Error(runtime.fault));
    };
    runtime.addEventListener("statechange", look);
    look();
  });
  await runtime.bringPack(language, pack);
}

/**
 * Fetches a style sheet, once.
 * @param {string} file beside this script
 * @returns {Promise<void>}
 */
export function styled(file) {
  const href = new URL(file, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((resolve) => {
    for (const type of ["load", "error"]) link.addEventListener(type, () => resolve());
    document.head.append(link);
  });
}
