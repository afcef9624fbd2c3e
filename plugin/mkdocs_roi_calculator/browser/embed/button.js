// `<roi-embed>`: the button below a calculator. Few readers open its dialog, so it is fetched then.

/** @import {EmbedDialog} from "./code-dialog.js" */

export class RoiEmbedElement extends HTMLElement {
  /** @type {EmbedDialog | undefined} */
  #dialog;

  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.#dialog?.leave();
    this.#dialog = undefined;
  }

  /** @param {Event} event */
  async handleEvent({ target }) {
    if (!(target instanceof Element && target.closest(".roi-embed-open"))) return;
    try {
      const { EmbedDialog } = await import("./code-dialog.js");
      this.#dialog ??= new EmbedDialog(this);
      await this.#dialog.open();
    } catch (error) {
      console.error("roi-calculator:", error);
    }
  }
}
