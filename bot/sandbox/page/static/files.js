// Files in messages: pictures with their texts, everything else to download.

import { make } from "./dom.js";
import { say, size } from "./words.js";
import { view } from "./viewer.js";

/** A file or picture; what lies elsewhere is only named, as nothing is fetched from outside. */
export function media(item, description) {
  const told = description ?? item.description ?? "";
  if (item.outside) return make("a", { href: item.url, rel: "noopener noreferrer nofollow", target: "_blank", class: "outside" }, say("outside", { name: told || item.name }));
  if (item.type.startsWith("image/")) return picture(item, told);
  return download(item);
}

/** A picture that opens whole; where it is too tall for a chat, its beginning is shown. */
function picture(item, told) {
  const image = make("img", { src: item.url, alt: told || item.name });
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    view(item, told);
  };
  const link = make("a", { href: item.url, class: "picture", "aria-haspopup": "dialog", "data-more": say("whole"), onclick: open }, image);
  image.addEventListener("load", () => link.classList.toggle("cut", image.clientHeight > link.clientHeight));
  return link;
}

/** A card with a file's name and size. */
export function download(item) {
  return make("a", { class: "file", href: item.url, download: item.name, "aria-label": say("download", { name: item.name }) },
    make("span", { class: "sheet", "aria-hidden": "true" }, "▤"),
    make("span", {}, make("strong", {}, item.name), make("small", {}, item.size === undefined ? "" : size(item.size))));
}
