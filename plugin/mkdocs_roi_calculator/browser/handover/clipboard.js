// Copies a text in two forms, so that a word processor gets tables and an editor Markdown.

/**
 * @param {string} html
 * @param {string} text
 * @returns {Promise<boolean>} whether it could be done
 */
export async function copyBoth(html, text) {
  const forms = { "text/html": html, "text/plain": text };
  try {
    const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copyByEvent(forms);
  }
}

/**
 * The way that needs no permission, for frames that have none.
 * @param {Record<string, string>} forms by type
 */
function copyByEvent(forms) {
  let isDone = false;
  /** @param {ClipboardEvent} event */
  const put = (event) => {
    for (const [type, form] of Object.entries(forms)) event.clipboardData?.setData(type, form);
    event.preventDefault();
    isDone = event.clipboardData !== null;
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
  return isDone;
}
