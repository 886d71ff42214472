// The fields of a modal, each an element and a way to read it: {element, value(), labelled}.

import { make } from "./dom.js";
import { read } from "./uploads.js";
import { offers, picker } from "./picker.js";

const TEXT_INPUT = 4, FILE = 19, RADIO = 21, BOXES = 22, BOX = 23, LONG = 2;

/** The field for a component; `id` belongs to the element that a label may point to. */
export function field(part, id, label) {
  if (part.type === TEXT_INPUT) return text(part, id);
  if (part.type === FILE) return file(part, id);
  if (part.type === RADIO || part.type === BOXES) return group(part, id);
  if (part.type === BOX) return box(part, id);
  return select(part, id, label);
}

function text(part, id) {
  const long = part.style === LONG;
  const element = make(long ? "textarea" : "input", {
    id, type: long ? null : "text", rows: long ? 5 : null, placeholder: part.placeholder, value: part.value ?? "",
    minlength: part.min_length, maxlength: part.max_length ?? 4000, required: part.required !== false, autocomplete: "off",
  });
  return { element, labelled: true, value: async () => element.value };
}

function file(part, id) {
  const element = make("input", { id, type: "file", multiple: (part.max_values ?? 1) > 1 });
  return { element, labelled: true, value: () => read([...element.files]) };
}

function group(part, id) {
  const one = part.type === RADIO;
  const inputs = part.options.map((option) => make("input", {
    type: one ? "radio" : "checkbox", name: id, value: option.value, checked: Boolean(option.default),
  }));
  const rows = part.options.map((option, at) => make("label", { class: "choice" }, inputs[at],
    make("span", {}, option.label, option.description ? make("small", {}, option.description) : null)));
  const element = make("div", { id, role: one ? "radiogroup" : "group", "aria-labelledby": `${id}-label` }, rows);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return { element, labelled: false, value: async () => (one ? chosen()[0] ?? null : chosen()) };
}

function box(part, id) {
  const element = make("input", { id, type: "checkbox", checked: Boolean(part.default) });
  return { element, labelled: true, value: async () => element.checked };
}

function select(part, id, label) {
  let values = (part.options ?? []).filter((option) => option.default).map((option) => option.value);
  const element = picker({
    label, placeholder: part.placeholder, options: offers(part), chosen: values,
    least: part.required === false ? 0 : part.min_values ?? 1, most: part.max_values ?? 1,
    onChoose: (chosen) => { values = chosen; },
  });
  return { element, labelled: false, value: async () => values };
}
