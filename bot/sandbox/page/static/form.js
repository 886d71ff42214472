// A modal: a dialog with the bot's fields. What is missing or refused is told inside it.

import { button, freshId, make } from "./dom.js";
import { field } from "./fields.js";
import { say } from "./words.js";

const ROW = 1, TEXT = 10, LABEL = 18;

/** Opens a form; `submit(form, values)` sends it, and its error is shown while it stays open. */
export function openForm(form, submit) {
  const dialog = document.getElementById("form");
  const fields = new Map();
  const trouble = make("p", { class: "trouble", role: "alert" });
  const parts = form.components.map((part) => draw(part, fields));
  const send = make("button", { type: "submit", class: "primary" }, say("submit"));
  const body = make("form", { method: "dialog", novalidate: true },
    make("h2", { id: "form-title" }, form.title),
    make("div", { class: "fields" }, parts), trouble,
    make("div", { class: "row end" }, button(say("cancel"), () => dialog.close()), send));
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    send.disabled = true;
    try {
      await submit(form, Object.fromEntries(await values(fields)));
      dialog.close();
    } catch (error) {
      trouble.textContent = error.message;
      send.disabled = false;
    }
  });
  dialog.replaceChildren(body);
  if (!dialog.open) dialog.showModal();
  body.querySelector("input, textarea, button")?.focus();
}

async function values(fields) {
  const found = [];
  for (const [name, one] of fields) {
    const value = await one.value();
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

function draw(part, fields) {
  if (part.type === TEXT) return make("div", { class: "text", html: part.html });
  const inner = part.type === LABEL ? part.component : part.components[0];
  if (part.type !== LABEL && part.type !== ROW) return null;
  const id = freshId("field");
  const one = field(inner, id, part.label ?? inner.label);
  fields.set(inner.custom_id, one);
  const needed = inner.type !== 23 && inner.required !== false;
  const hint = part.description ? make("p", { id: `${id}-hint`, class: "hint" }, part.description) : null;
  if (hint) one.element.setAttribute("aria-describedby", hint.id);
  const name = [part.label ?? inner.label, needed ? make("span", { class: "needed", "aria-hidden": "true" }, " *") : null];
  const label = one.labelled ? make("label", { for: id }, name) : make("p", { class: "label", id: `${id}-label` }, name);
  return make("div", { class: "field" }, label, hint, one.element);
}
