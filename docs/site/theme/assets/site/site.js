/**
 * What the guide's own pages do in the browser, beside Material and the calculator. Each step is
 * taken for every page that is shown: instant navigation changes the head and the page, and leaves
 * the header as it was.
 */

/** @type {{ document$: { subscribe(next: () => void): void } }} */
// @ts-expect-error: Material's global
const { document$ } = globalThis;

/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".md-select__link[hreflang]");
const homes = [...links].map((link) => new URL(link.dataset.home ?? "", location.href).href);

/** Let the switch of languages lead to the page that is shown. */
function followPage() {
  links.forEach((link, index) => {
    /** @type {HTMLLinkElement | null} */
    const page = document.head.querySelector(`link[hreflang="${link.hreflang}"]`);
    link.href = page?.dataset.address ?? homes[index] ?? "";
  });
}

/** What Material opens by a label, and only for the pointer; what it opens says what it is. */
const OPENED = { drawer: ".md-nav--primary", search: ".md-search" };
const DRAWER = ".md-sidebar--primary";
const SEARCHED = ".md-search__input";
const IS_SEEN = { visibilityProperty: true };

/** @param {string} name one of OPENED */
const toggleOf = (name) =>
  /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-md-toggle="${name}"]`));

/** @param {string} name @returns {HTMLButtonElement | null} */
const openerOf = (name) => document.querySelector(`[data-opens="${name}"]`);

/** Put a button in the place of each label in the header, which only stays to be clicked. */
function offerOpeners() {
  for (const [name, opened] of Object.entries(OPENED)) {
    /** @type {HTMLLabelElement | null} */
    const label = document.querySelector(`header label[for="__${name}"].md-header__button`);
    const toggle = toggleOf(name);
    if (!label || !toggle) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.dataset.opens = name;
    button.ariaLabel = document.querySelector(opened)?.ariaLabel ?? "";
    button.ariaExpanded = `${toggle.checked}`;
    button.append(...label.childNodes);
    button.onclick = () => label.click();
    label.style.display = "none";
    label.after(button);
    toggle.addEventListener("change", () => followToggle(name, toggle.checked));
  }
}

/** Have the focus enter what was opened, and leave the search that was closed. */
function followToggle(/** @type {string} */ name, /** @type {boolean} */ isOpen) {
  const button = openerOf(name);
  if (!button) return;
  button.ariaExpanded = `${isOpen}`;
  const active = document.activeElement;
  if (isOpen && active === button) {
    focusFirst(name === "drawer" ? `${DRAWER} :is(a[href], label[tabindex])` : SEARCHED);
  }
  // Its own way out would leave the focus nowhere.
  if (!isOpen && active?.matches(SEARCHED)) button.focus();
}

/** @param {string} selector the first of these that is seen gets the focus */
function focusFirst(selector) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll(selector);
  [...all].find((each) => each.checkVisibility(IS_SEEN))?.focus();
}

/** @param {string} name @returns {boolean} whether it was open */
function close(name) {
  const toggle = toggleOf(name);
  if (!toggle?.checked) return false;
  toggle.click();
  return true;
}

/** Let the keyboard unfold the contents of a page in the drawer, and go back a level. */
function reachLevels() {
  for (const label of document.querySelectorAll(
    `${DRAWER} :is(.md-nav__link[for="__toc"], .md-nav .md-nav .md-nav__title)`,
  )) {
    label.setAttribute("tabindex", "0");
  }
}

/** Have the focus follow into a level of the drawer and back. */
function followLevel(/** @type {Event} */ { target }) {
  const active = document.activeElement;
  const isByKey = active instanceof HTMLLabelElement && target instanceof HTMLInputElement;
  if (!isByKey || active.htmlFor !== target.id || !target.matches(".md-nav__toggle")) return;
  const next = target.checked ? ":scope > .md-nav > .md-nav__title" : ":scope > label";
  /** @type {HTMLElement | null | undefined} */
  const label = target.parentElement?.querySelector(next);
  // It still comes in from the side, and a list would scroll there for it.
  label?.focus({ preventScroll: true });
}

document.addEventListener("change", followLevel);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && close("drawer")) openerOf("drawer")?.focus();
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const isLeft =
    target instanceof Element &&
    target.closest(DRAWER) &&
    relatedTarget instanceof Element &&
    !relatedTarget.closest(DRAWER);
  if (isLeft) close("drawer");
});

/** Lets the keyboard scroll what is wider than its box, and pass by what is not. */
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

/** Let the keyboard scroll wide tables. */
function reachTables() {
  widths.disconnect();
  for (const wrapped of document.querySelectorAll(".md-typeset__scrollwrap")) {
    widths.observe(wrapped);
  }
}

/** Take the buttons beside code, for which Material makes a landmark each, out of the landmarks. */
function dropLandmarks() {
  for (const buttons of document.querySelectorAll(".md-code__nav")) {
    buttons.setAttribute("role", "none");
  }
}

/** Mark what is folded away in calculators and of examples: Material unfolds all of it for paper. */
function keepFolded() {
  const folds = ":is(roi-calculator details, .example):not([open])";
  for (const folded of document.querySelectorAll(folds)) {
    folded.setAttribute("data-closed", "");
  }
}

/** Take the marks away again. */
function forgetFolded() {
  for (const folded of document.querySelectorAll("[data-closed]")) {
    folded.removeAttribute("data-closed");
  }
}

// In the capture phase, ahead of Material.
addEventListener("beforeprint", keepFolded, { capture: true });
addEventListener("afterprint", forgetFolded);

offerOpeners();
document$.subscribe(() => {
  followPage();
  reachLevels();
  reachTables();
  dropLandmarks();
});
