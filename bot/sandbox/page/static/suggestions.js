// A list that belongs to a box one types in: arrow keys choose in it while the focus stays there.

import { freshId, make } from "./dom.js";

export class Suggestions {
  /**
   * `onChoose(entry)` for an entry {label, hint, …}; the box tells by ARIA which one is chosen.
   * An eager list has its first entry chosen from the start; in another what was typed counts.
   */
  constructor(box, label, onChoose, { eager = true } = {}) {
    this.box = box;
    this.first = eager ? 0 : -1;
    this.onChoose = onChoose;
    this.entries = [];
    this.at = 0;
    this.element = make("div", { role: "listbox", class: "list suggestions", id: freshId("suggestions"), "aria-label": label, hidden: true });
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.element.id);
    box.setAttribute("autocomplete", "off");
    this.expands = box.getAttribute("role") === "combobox";
    // A list that scrolls has to be within reach, where no role says that the box moves in it.
    if (!this.expands) this.element.tabIndex = 0;
    this.hide();
  }

  get open() {
    return !this.element.hidden;
  }

  /** Shows entries, or a line that says why there are none; null hides the list. */
  show(entries, none) {
    if (!entries) {
      this.hide();
      return;
    }
    this.entries = entries;
    this.at = this.first;
    this.element.replaceChildren(...entries.map((one, at) => make("div", {
      role: "option", id: `${this.element.id}-${at}`, "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(), onclick: () => this.choose(at),
    }, make("span", {}, make("strong", {}, one.label), one.hint ? make("small", {}, one.hint) : null))));
    if (!entries.length) this.element.append(make("div", { class: "none" }, none));
    this.element.hidden = false;
    if (this.expands) this.box.setAttribute("aria-expanded", "true");
    this.mark();
  }

  hide() {
    this.element.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
    if (this.expands) this.box.setAttribute("aria-expanded", "false");
  }

  mark() {
    [...this.element.children].forEach((item, at) => {
      if (this.entries.length) item.setAttribute("aria-selected", String(at === this.at));
    });
    const item = this.entries.length ? this.element.children[this.at] : null;
    this.box.removeAttribute("aria-activedescendant");
    if (!item) return;
    this.box.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  choose(at = this.at) {
    const entry = this.entries[at];
    this.hide();
    if (entry) this.onChoose(entry);
  }

  /** Uses a key if the list is open and the key is for it. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.entries.length) {
      const from = this.at < 0 && step < 0 ? 0 : this.at;
      this.at = (from + step + this.entries.length) % this.entries.length;
      this.mark();
    } else if (event.key === "Escape") this.hide();
    else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0 && this.entries.length && !event.shiftKey) this.choose();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
