// Embeds, drawn as Discord lays them out.

import { make } from "./dom.js";
import { media } from "./files.js";
import { moment } from "./words.js";

/** One embed. */
export function embed(told) {
  const title = told.title_html && (told.url
    ? make("a", { class: "embed-title", href: told.url, target: "_blank", rel: "noopener noreferrer nofollow", html: told.title_html })
    : make("div", { class: "embed-title", html: told.title_html }));
  const foot = [told.footer?.text, told.timestamp && moment(new Date(told.timestamp), "s")].filter(Boolean).join(" · ");
  const element = make("div", { class: "embed" },
    make("div", { class: "embed-body" },
      told.author?.name && make("div", { class: "embed-author" }, told.author.name),
      title,
      told.html && make("div", { class: "text", html: told.html }),
      told.fields?.length ? make("div", { class: "embed-fields" }, told.fields.map(fieldOf)) : null,
      told.image && media(told.image),
      foot && make("div", { class: "embed-foot" }, foot)),
    told.thumbnail && make("div", { class: "thumbnail" }, media(told.thumbnail)));
  accent(element, told.color);
  return element;
}

function fieldOf(one) {
  return make("div", { class: one.inline ? "embed-field inline" : "embed-field" },
    make("div", { class: "embed-name", html: one.name_html }), make("div", { class: "text", html: one.html }));
}

/** Gives an element the colour that a bot chose for it. */
export function accent(element, colour) {
  if (colour !== null && colour !== undefined) element.style.setProperty("--accent-bar", `#${colour.toString(16).padStart(6, "0")}`);
}
