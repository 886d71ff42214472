// The menu of a message: reply, react, change, and the commands of apps.

import { make, roam } from "./dom.js";
import { ask, run } from "./acting.js";
import { say } from "./words.js";
import { here, state, tell } from "./state.js";

const EMOJI = ["👍", "❤️", "😂", "🤔"];
let opened = null;

/** Opens the menu of a message below its button; Escape and leaving it close it. */
export function openMenu(opener, message) {
  const again = opened?.opener === opener;
  close(false);
  if (again) return;
  const writable = here()?.writable;
  const menu = make("div", { class: "menu", role: "menu", "aria-label": opener.title });
  const item = (text, act, { danger, label } = {}) => make("button", {
    type: "button", role: "menuitem", class: danger ? "danger" : null, "aria-label": label, tabindex: "-1",
    onclick: () => { close(true); act(); },
  }, text);
  const react = (emoji) => ask("react", { message: message.id, emoji });
  if (writable && !message.ephemeral) {
    menu.append(make("div", { class: "emoji-row", role: "none" }, EMOJI.map((one) => item(one, () => react(one), { label: say("react", { emoji: one }) }))));
    menu.append(item(say("reply"), () => tell("reply", message)));
  }
  if (message.editable) menu.append(item(say("edit"), () => tell("edit", message)));
  menu.append(item(say("copy"), () => copy(message)));
  if (message.deletable) menu.append(item(say("remove"), () => ask("delete", { message: message.id }), { danger: true }));
  const commands = message.ephemeral ? [] : state.commands.message;
  if (commands.length) {
    const id = `apps-${message.id}`;
    menu.append(make("div", { role: "group", "aria-labelledby": id },
      make("div", { class: "caption", id, role: "none" }, say("apps")),
      commands.map((one) => item(one.shown, () => run("menu", { message: message.id, command: one.name }, one.shown)))));
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close(true);
    } else roam(event, [...menu.querySelectorAll("[role=menuitem]")]);
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && event.relatedTarget !== opener) close(false);
  });
  opener.after(menu);
  opener.setAttribute("aria-expanded", "true");
  opened = { opener, menu };
  place(menu);
  menu.querySelector("[role=menuitem]").focus();
}

function place(menu) {
  const log = document.getElementById("log").getBoundingClientRect();
  if (menu.getBoundingClientRect().bottom > log.bottom) menu.classList.add("up");
}

function close(keepFocus) {
  if (!opened) return;
  const { opener, menu } = opened;
  opened = null;
  opener.setAttribute("aria-expanded", "false");
  menu.remove();
  if (keepFocus) opener.focus();
}

async function copy(message) {
  const shown = document.querySelector(`#message-${message.id} .body`)?.innerText ?? message.text;
  try {
    await navigator.clipboard.writeText(message.text || shown);
    tell("say", say("copied"));
  } catch (error) {
    tell("say", say("refused", { why: error.message }));
  }
}
