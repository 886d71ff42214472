// Selects: a button that opens a list; arrow keys move, Enter or Space chooses, Escape closes.

import { freshId, make } from "./dom.js";
import { say } from "./words.js";
import { state } from "./state.js";

const PEOPLE = 5, ROLES = 6, MENTIONABLE = 7, CHANNELS = 8;

/** What a select of any kind has to offer. */
export function offers(part) {
  const people = state.everybody.map((one) => ({ value: one.id, label: one.name }));
  const roles = state.roles.map((one) => ({ value: one.id, label: one.name }));
  const rooms = state.channels.filter((one) => one.guild).map((one) => ({ value: one.id, label: `#${one.name}` }));
  const all = { [PEOPLE]: people, [ROLES]: roles, [MENTIONABLE]: [...people, ...roles], [CHANNELS]: rooms };
  return all[part.type] ?? part.options.map((one) => ({ value: one.value, label: one.label, hint: one.description }));
}

/** The element of a select; `onChoose(values)` once a selection is made. */
export function picker({ label, placeholder, options, chosen = [], least = 1, most = 1, disabled, onChoose }) {
  const id = freshId("list");
  const picked = new Set(chosen);
  const names = () => options.filter((one) => picked.has(one.value)).map((one) => one.label).join(", ");
  const face = make("span", { class: "face" }, names() || placeholder || say("choose"));
  const opener = make("button", {
    type: "button", class: "opener", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": id, disabled,
    "aria-label": [label, face.textContent].filter(Boolean).join(": "),
  }, face, make("span", { class: "arrow", "aria-hidden": "true" }, "▾"));
  const items = options.map((one) => make("div", {
    role: "option", id: freshId("option"), tabindex: "-1", "aria-selected": String(picked.has(one.value)),
  }, make("span", {}, one.label, one.hint ? make("small", {}, one.hint) : null), make("span", { class: "tick", "aria-hidden": "true" }, "✓")));
  const list = make("div", { id, role: "listbox", class: "list", hidden: true, "aria-label": label || placeholder || say("choose"), "aria-multiselectable": String(most > 1) },
    items.length ? items : make("div", { class: "none" }, say("noChoices")));
  const element = make("div", { class: "picker" }, opener, list);

  function open(yes) {
    list.hidden = !yes;
    opener.setAttribute("aria-expanded", String(yes));
    if (yes) (items.find((item) => item.getAttribute("aria-selected") === "true") ?? items[0])?.focus();
  }
  function close({ keepFocus = true } = {}) {
    if (list.hidden) return;
    open(false);
    if (keepFocus) opener.focus();
    if (most > 1) settle();
  }
  function settle() {
    const values = [...picked];
    const same = values.length === chosen.length && values.every((one) => chosen.includes(one));
    if (values.length < least || same) return;
    chosen = values;
    onChoose(values);
  }
  function toggle(at) {
    const { value } = options[at];
    if (most === 1) picked.clear();
    if (picked.has(value)) picked.delete(value);
    else if (picked.size < most) picked.add(value);
    items.forEach((item, each) => item.setAttribute("aria-selected", String(picked.has(options[each].value))));
    face.textContent = names() || placeholder || say("choose");
    opener.setAttribute("aria-label", [label, face.textContent].filter(Boolean).join(": "));
    if (most === 1) {
      chosen = [];
      open(false);
      opener.focus();
      settle();
    }
  }
  opener.addEventListener("click", () => (list.hidden ? open(true) : close()));
  opener.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      open(true);
    }
  });
  items.forEach((item, at) => item.addEventListener("click", () => toggle(at)));
  list.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (step !== undefined) items[(step + items.length) % items.length].focus();
    else if (event.key === "Enter" || event.key === " ") toggle(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget)) close({ keepFocus: false });
  });
  return element;
}
