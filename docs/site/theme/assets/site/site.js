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

/** Let the keyboard scroll the wide tables that Material has wrapped. */
function reachTables() {
  for (const wrapped of document.querySelectorAll(".md-typeset__scrollwrap")) {
    wrapped.setAttribute("tabindex", "0");
  }
}

/** Take the buttons beside code, for which Material makes a landmark each, out of the landmarks. */
function dropLandmarks() {
  for (const buttons of document.querySelectorAll(".md-code__nav")) {
    buttons.setAttribute("role", "none");
  }
}

/** Mark what is folded away in calculators: Material unfolds everything for paper. */
function keepFolded() {
  for (const folded of document.querySelectorAll("roi-calculator details:not([open])")) {
    folded.setAttribute("data-closed", "");
  }
}

/** Take the marks away again. */
function forgetFolded() {
  for (const folded of document.querySelectorAll("[data-closed]")) {
    folded.removeAttribute("data-closed");
  }
}

/** Let the memo of a page be printed by itself. */
function offerMemo() {
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector(".memo-print");
  if (button) {
    button.hidden = false;
    button.onclick = () => {
      document.documentElement.dataset.print = "memo";
      print();
    };
  }
}

function forgetMemo() {
  delete document.documentElement.dataset.print;
}

addEventListener("afterprint", forgetMemo);
// In the capture phase, ahead of Material.
addEventListener("beforeprint", keepFolded, { capture: true });
addEventListener("afterprint", forgetFolded);

document$.subscribe(() => {
  followPage();
  reachTables();
  dropLandmarks();
  offerMemo();
});
