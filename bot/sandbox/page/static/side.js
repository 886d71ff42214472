// The side: places to go, who one is, and in which language and colours.

import { button, make, roam } from "./dom.js";
import { avatar } from "./message.js";
import { placeName, state, tell } from "./state.js";
import { say } from "./words.js";
import { themeChoice } from "./theme.js";

const side = document.getElementById("side");

/** Draws the side for whoever one is. */
export function drawSide() {
  const focused = side.contains(document.activeElement) ? document.activeElement.id : null;
  side.setAttribute("aria-label", say("side"));
  const guild = state.channels.filter((one) => one.guild);
  const direct = state.channels.filter((one) => !one.guild);
  side.replaceChildren(
    make("p", { class: "guild" }, state.guild),
    make("div", { class: "places" }, list(say("channels"), guild), list(say("direct"), direct)),
    make("div", { class: "settings" }, people(), languages(), themeChoice()));
  if (focused) document.getElementById(focused)?.focus();
}

function list(name, channels) {
  const links = channels.map((one) => button([sign(one), one.name], () => tell("go", one.id), {
    id: `place-${one.id}`, class: `place ${one.kind}`, "aria-current": one.id === state.channel ? "page" : null,
  }));
  const element = make("ul", { "aria-label": name }, links.map((link) => make("li", {}, link)));
  element.addEventListener("keydown", (event) => roam(event, [...side.querySelectorAll(".place")]));
  return [make("p", { class: "caption", "aria-hidden": "true" }, name), element];
}

function sign(channel) {
  return make("span", { class: "sign", "aria-hidden": "true" }, { text: "#", thread: "↳", direct: "@" }[channel.kind] ?? "•");
}

function people() {
  const rows = state.people.map((one) => make("label", { class: "person" },
    make("input", { type: "radio", name: "person", id: `person-${one.id}`, value: one.id, checked: one.id === state.me.id, onchange: () => tell("become", { person: one.id }) }),
    avatar(one), make("span", {}, one.name, make("small", {}, say(one.part)))));
  return make("fieldset", { id: "people" }, make("legend", {}, say("people")), rows);
}

function languages() {
  const options = [["en-US", "English"], ["it", "Italiano"]].map(([value, name]) => make("option", { value, selected: state.me.locale === value, lang: value }, name));
  return make("label", { class: "setting" }, make("span", {}, say("language")),
    make("select", { id: "language", onchange: (event) => tell("become", { locale: event.target.value }) }, options));
}

/** Opens or closes the side where the screen is too narrow for it. */
export function openSide(yes) {
  document.body.classList.toggle("side-open", yes);
  document.getElementById("side-opener")?.setAttribute("aria-expanded", String(yes));
  if (yes) side.querySelector("[aria-current], .place")?.focus();
}

side.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("side-open")) {
    openSide(false);
    document.getElementById("side-opener").focus();
  }
});

/** What stands above the messages. */
export function drawBar(channel, drawerOpener) {
  const open = () => document.body.classList.contains("side-open");
  const opener = button("☰", () => openSide(!open()), { id: "side-opener", class: "tool", label: say("menu"), "aria-expanded": String(open()), "aria-controls": "side" });
  const offline = state.online ? [] : [make("p", { class: "offline", role: "status" }, say("offline"))];
  const name = make("h1", {}, channel ? placeName(channel) : "");
  document.getElementById("bar").replaceChildren(opener, name, ...offline, drawerOpener);
}
