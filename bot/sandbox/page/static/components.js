// Components: rows of buttons and selects, and the layouts of Components V2.

import { accent } from "./embeds.js";
import { download, media } from "./files.js";
import { make } from "./dom.js";
import { offers, picker } from "./picker.js";
import { say } from "./words.js";
import { state } from "./state.js";
import { use } from "./acting.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };

const DRAWN = {
  1: (part, message) => make("div", { class: "row" }, part.components.map((one) => component(one, message))),
  2: press,
  9: section,
  10: (part) => make("div", { class: "text", html: part.html }),
  11: (part) => veiled(part, make("div", { class: "thumbnail" }, media(part.media, part.description))),
  12: gallery,
  13: (part) => veiled(part, download(part.file)),
  14: (part) => make("div", { class: `separator ${part.spacing === 2 ? "wide" : ""} ${part.divider === false ? "bare" : ""}`, role: part.divider === false ? null : "separator" }),
  17: container,
};

/** One component of a message. */
export function component(part, message) {
  if ([3, 5, 6, 7, 8].includes(part.type)) return select(part, message);
  return DRAWN[part.type]?.(part, message) ?? null;
}

function press(part, message) {
  const emoji = part.emoji?.name ? make("span", { "aria-hidden": part.label ? "true" : null }, part.emoji.id ? `:${part.emoji.name}:` : part.emoji.name) : null;
  const face = [emoji, part.label ? make("span", {}, part.label) : null];
  if (part.style === 5) {
    return make("a", { class: "press link", href: part.url, target: "_blank", rel: "noopener noreferrer nofollow" }, face,
      make("span", { class: "arrow", "aria-hidden": "true" }, "↗"), make("span", { class: "unseen" }, ` (${say("link")})`));
  }
  const busy = state.busy.has(`${message.id}:${part.custom_id}`);
  return make("button", {
    type: "button", class: `press ${STYLES[part.style] ?? "secondary"}${busy ? " busy" : ""}`, disabled: part.disabled || part.style === 6,
    "aria-busy": busy ? "true" : null, "data-key": part.custom_id, onclick: () => busy || use(message, part),
  }, face);
}

function select(part, message) {
  const element = picker({
    label: null, placeholder: part.placeholder, options: offers(part), least: part.min_values, most: part.max_values, disabled: part.disabled,
    chosen: (part.options ?? []).filter((one) => one.default).map((one) => one.value),
    onChoose: (values) => use(message, part, values),
  });
  element.firstChild.setAttribute("data-key", part.custom_id);
  return element;
}

function section(part, message) {
  return make("div", { class: "section" },
    make("div", { class: "section-text" }, part.components.map((one) => component(one, message))),
    make("div", { class: "accessory" }, component(part.accessory, message)));
}

function gallery(part) {
  const items = part.items.map((item) => veiled(item, media(item.media, item.description)));
  return make("div", { class: `gallery of-${Math.min(items.length, 3)}` }, items);
}

function container(part, message) {
  const element = make("div", { class: "container" }, part.components.map((one) => component(one, message)));
  accent(element, part.accent_color);
  return veiled(part, element);
}

/** Hides what is marked as a spoiler until somebody asks for it. */
function veiled(part, element) {
  if (!part.spoiler) return element;
  const veil = make("div", { class: "veil" }, element);
  const opener = make("button", { type: "button", class: "press secondary", onclick: () => { veil.classList.add("open"); opener.remove(); } }, say("spoiler"));
  veil.append(opener);
  return veil;
}
