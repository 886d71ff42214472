// A picture as large as it is: a dialog over the page, left by Escape, its button or a click beside.

import { button, make } from "./dom.js";
import { say } from "./words.js";

const dialog = document.getElementById("viewer");

/** Shows a picture whole; a tall one is scrolled, and a link opens it in a tab. */
export function view(item, told) {
  const scrolled = make("div", { class: "whole", tabindex: "0", role: "group", "aria-label": say("picture") }, make("img", { src: item.url, alt: told || item.name }));
  dialog.setAttribute("aria-label", item.name);
  dialog.replaceChildren(
    make("div", { class: "row" }, make("strong", {}, item.name),
      make("div", { class: "row end" },
        make("a", { class: "press link", href: item.url, target: "_blank", rel: "noopener" }, say("inTab"), make("span", { class: "arrow", "aria-hidden": "true" }, "↗")),
        button(say("close"), () => dialog.close()))),
    scrolled);
  dialog.showModal();
  scrolled.focus();
  scrolled.scrollTop = 0;
}

dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
