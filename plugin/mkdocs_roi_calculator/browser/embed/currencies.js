// What currencies are called. Python in the browser does not know it: only what changes a page's
// currency, or offers to, fetches the names.

/**
 * @param {string} language such as `es-MX`
 * @returns {Promise<Record<string, string> | undefined>} by code, empty for one without a name;
 *   undefined where they cannot be read
 */
export async function currencyNames(language) {
  const file = `./currencies.${language.split("-")[0]}.json`;
  try {
    const response = await fetch(new URL(file, import.meta.url));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
