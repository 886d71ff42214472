// One message, drawn from what the sandbox tells of it.

import { button, make, tint } from "./dom.js";
import { component } from "./components.js";
import { embed } from "./embeds.js";
import { media } from "./files.js";
import { openMenu } from "./menu.js";
import { ask } from "./acting.js";
import { moment, say, written } from "./words.js";
import { state, tell } from "./state.js";

/** The element of a message. */
export function drawMessage(message) {
  const name = `name-${message.id}`;
  const created = new Date(message.created);
  const classes = ["message", message.pings && "pings", message.ephemeral && "hidden-one"].filter(Boolean).join(" ");
  const element = make("article", { class: classes, id: `message-${message.id}`, "aria-labelledby": name, tabindex: "-1" },
    above(message),
    avatar(message.author),
    make("div", { class: "head", id: name },
      make("span", { class: "author" }, message.author.name),
      message.author.bot ? make("span", { class: "badge" }, say("app")) : null, " ",
      make("time", { datetime: message.created, title: moment(created, "F") }, written(created))),
    body(message),
    message.reactions.length ? make("div", { class: "row reactions" }, message.reactions.map((one) => reaction(message, one))) : null,
    state.failed.has(message.id) ? make("p", { class: "failure" }, state.failed.get(message.id)) : null,
    message.ephemeral ? below(message) : null,
    message.loading ? null : tools(message));
  enliven(element);
  return element;
}

/** The round sign of somebody: their initials. */
export function avatar(author) {
  const initials = author.name.split(/\s+/).map((part) => part[0]).join("").slice(0, 2).toUpperCase();
  return tint(make("span", { class: "avatar", "aria-hidden": "true" }, initials), author.name);
}

function above(message) {
  const { command, reply } = message;
  if (command) return make("p", { class: "above" }, say("used", { name: command.user, command: `${command.slash ? "/" : ""}${command.name}` }));
  if (!reply) return null;
  if (!reply.author) return make("p", { class: "above" }, say("gone"));
  return make("button", { type: "button", class: "above", onclick: () => document.getElementById(`message-${reply.id}`)?.focus() },
    make("strong", {}, `@${reply.author}`), " ", reply.text);
}

function body(message) {
  if (message.loading) return make("p", { class: "thinking" }, say("thinking", { name: message.author.name }));
  const edited = message.edited ? make("span", { class: "edited" }, ` (${say("edited")})`) : null;
  const shownBelow = message.layout ? [] : message.attachments;
  return make("div", { class: "body" },
    message.html ? make("div", { class: "text", html: message.html }) : null,
    shownBelow.map((item) => media(item)),
    message.embeds.map(embed),
    message.components.map((part) => component(part, message)),
    edited);
}

function reaction(message, one) {
  return button(`${one.emoji} ${one.count}`, () => ask("react", { message: message.id, emoji: one.emoji }),
    { class: one.mine ? "reaction mine" : "reaction", "aria-pressed": String(one.mine) });
}

function below(message) {
  return make("p", { class: "below" }, say("onlyYou"), " · ",
    button(say("dismiss"), () => { state.dismissed.add(message.id); tell("gone", message.id); }, { class: "plain" }));
}

function tools(message) {
  const more = button("⋯", () => openMenu(more, message), { label: say("more", { name: message.author.name }), class: "tool", "aria-haspopup": "menu", "aria-expanded": "false", "data-key": "more" });
  const reply = message.ephemeral ? null : button("↩", () => tell("reply", message), { label: `${say("reply")}: ${message.author.name}`, class: "tool", "data-key": "reply" });
  return make("div", { class: "tools" }, reply, more);
}

/** Brings the Markdown of a message to life: spoilers, moments, mentioned places and commands. */
function enliven(element) {
  for (const veil of element.querySelectorAll(".spoiler")) {
    const open = () => { veil.classList.toggle("open"); veil.setAttribute("aria-expanded", String(veil.classList.contains("open"))); };
    veil.setAttribute("aria-label", say("spoiler"));
    veil.addEventListener("click", open);
    veil.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
  }
  for (const time of element.querySelectorAll("time.moment")) {
    const date = new Date(time.dateTime);
    time.textContent = moment(date, time.dataset.style);
    time.title = moment(date, "F");
  }
  for (const place of element.querySelectorAll("[data-channel]")) place.addEventListener("click", () => tell("go", place.dataset.channel));
  for (const command of element.querySelectorAll("[data-command]")) command.addEventListener("click", () => tell("type", `/${command.dataset.command}`));
  for (const person of element.querySelectorAll("[data-id]")) if (person.dataset.id === state.me.id) person.classList.add("me");
}
