/**
 * What the guide's own pages do in the browser, beside Material and the calculator: the switch of
 * languages leads to the page that is shown. Instant navigation changes the head and the page, and
 * leaves the header as it was.
 */

/** @type {{ document$: { subscribe(next: () => void): void } }} */
// @ts-expect-error: Material's global
const { document$ } = globalThis;

/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".md-select__link[hreflang]");
const homes = [...links].map((link) => new URL(link.dataset.home ?? "", location.href).href);

document$.subscribe(() => {
  links.forEach((link, index) => {
    /** @type {HTMLLinkElement | null} */
    const page = document.head.querySelector(`link[hreflang="${link.hreflang}"]`);
    link.href = page?.dataset.address ?? homes[index] ?? "";
  });
});
