// Which calculator and which field an element belongs to. By attributes of our own: plugins that put
// several pages on one rewrite ids and names, each in its way.

/**
 * The calculator that an element of the page is about: of several with its key, the nearest.
 * @param {Element} element
 * @returns {Element | undefined}
 */
export function blockOf(element) {
  const block = `roi-calculator[data-block="${element.getAttribute("data-block")}"]`;
  for (let around = element.parentElement; around; around = around.parentElement) {
    const found = around.querySelector(block);
    if (found) return found;
  }
  return undefined;
}

/**
 * What a field is called in Python.
 * @param {Element} field
 */
export const nameOf = (field) => field.closest("[data-field]")?.getAttribute("data-field") ?? "";

/**
 * Gives what is in a calculator ids of its own where the page has them twice, and each field its
 * label, whatever became of its id.
 * @param {Element} block
 */
export function claimIds(block) {
  const claimed = new Map();
  for (const each of [block, ...block.querySelectorAll("[id]")]) {
    if (document.getElementById(each.id) === each) continue;
    let count = 2;
    while (document.getElementById(`${each.id}-${count}`)) count += 1;
    claimed.set(each.id, `${each.id}-${count}`);
    each.id = `${each.id}-${count}`;
  }
  for (const name of ["aria-labelledby", "aria-describedby"]) {
    for (const each of claimed.size ? block.querySelectorAll(`[${name}]`) : []) {
      const ids = each.getAttribute(name)?.split(" ") ?? [];
      each.setAttribute(name, ids.map((id) => claimed.get(id) ?? id).join(" "));
    }
  }
  for (const field of block.querySelectorAll("[data-field]")) {
    const [label, input] = [field.querySelector("label"), field.querySelector("input, select")];
    if (label && input) label.htmlFor = input.id;
  }
}

/**
 * The calculator that a block brings along as a table, for what is asked of Python.
 * @param {Element} block
 * @returns {{definition?: string}}
 */
export function definitionOf(block) {
  const definition = block.getAttribute("definition");
  return definition ? { definition } : {};
}
