// Makes elements. The one place that turns HTML of the server's into nodes.

/**
 * An element with attributes and children. `on…` are listeners, `html` is sanitised HTML from the
 * server, false and null are left out.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that does something; `label` is what it is called where that is not written on it. */
export function button(text, onclick, { label, ...attributes } = {}) {
  return make("button", { type: "button", onclick, "aria-label": label, title: label, ...attributes }, text);
}

let last = 0;

/** An id that no other element has. */
export function freshId(name) {
  last += 1;
  return `${name}-${last}`;
}

/** A colour of its own for each name, as a hue. */
export function tint(element, name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const hue = (sum * 97) % 360;
  element.style.setProperty("--hue", hue);
  return element;
}

/** Moves the focus up or down among elements, round at the ends; true if the key was for that. */
export function roam(event, elements) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: 0, End: 0 }[event.key];
  if (step === undefined || !elements.length) return false;
  const at = elements.indexOf(document.activeElement);
  let next = (at + step + elements.length) % elements.length;
  if (event.key === "Home") next = 0;
  if (event.key === "End") next = elements.length - 1;
  elements[next].focus();
  event.preventDefault();
  return true;
}
