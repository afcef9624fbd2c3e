// Numbers that an address puts into the fields, until Python has taken them.

import { nameOf } from "../calculator/blocks.js";
import { fieldNamed, fieldsOf, isChanged, unfold } from "../calculator/fields.js";
import { asTyped } from "./neutral.js";
import { quoted } from "./wishes.js";

export class Prefill {
  #block;
  #decimal;
  /** @type {Map<string, string>} what the address put into which field */
  #filled = new Map();

  /**
   * @param {Element} block
   * @param {string} decimal the mark that the block's readers type
   */
  constructor(block, decimal) {
    this.#block = block;
    this.#decimal = decimal;
  }

  /**
   * Puts a value into a field, as a reader of this language types it.
   * @param {string} name
   * @param {string} value as an address writes it
   * @returns {boolean} whether there is such a field, and such a value for it
   */
  fill(name, value) {
    const field = fieldNamed(this.#block, name);
    if (field instanceof HTMLSelectElement) {
      if (![...field.options].some((option) => option.value === value)) return false;
      field.value = value;
    } else {
      const text = asTyped(value, this.#decimal);
      if (!field || text === undefined) return false;
      field.value = text;
      unfold(field);
    }
    this.#filled.set(name, field.value);
    return true;
  }

  /** Python has answered: from here on, what stands in the fields is the reader's. */
  taken() {
    this.#filled.clear();
  }

  /**
   * Gives fields back their example where Python refuses what the address put into them: those that
   * it names, and where it names none of them, all.
   * @param {string[]} refused the names of fields
   * @returns {string[]} what was ignored
   */
  takeBack(refused) {
    const inputs = fieldsOf(this.#block).filter((each) => each instanceof HTMLInputElement);
    const fields = inputs.filter((each) => this.#filled.get(nameOf(each)) === each.value);
    // The end of a range may be named, which the address wrote into the field of the whole.
    const named = fields.filter((each) =>
      refused.some((name) => `${name}.`.startsWith(`${nameOf(each)}.`)),
    );
    const isReaders = inputs.some(
      (each) => refused.includes(nameOf(each)) && !fields.includes(each) && isChanged(each),
    );
    const back = named.length || isReaders ? named : fields;
    const ignored = back.map((each) => `${nameOf(each)}=${quoted(each.value)}`);
    for (const field of back) {
      field.value = field.defaultValue;
      this.#filled.delete(nameOf(field));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return ignored;
  }
}
