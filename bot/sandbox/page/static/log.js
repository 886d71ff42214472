// The messages of the open channel: in order, grouped, scrolled along, read aloud as they come.

import { button, make } from "./dom.js";
import { avatar, drawMessage } from "./message.js";
import { find, here, placeName, shownMessages, state, when } from "./state.js";
import { say } from "./words.js";

const TOGETHER_MS = 7 * 60 * 1000;
const NEAR_END = 80;
const log = document.getElementById("log");
const rows = [];

/** Draws the whole channel anew and shows its end. */
export function drawLog() {
  const place = here();
  log.setAttribute("aria-label", say("log", { name: place ? placeName(place) : "" }));
  // What was there before is not news; nothing of it is to be read aloud.
  log.setAttribute("aria-live", "off");
  log.replaceChildren(make("p", { class: "beginning" }, place ? say("empty", { name: placeName(place) }) : ""), ...shownMessages().map(drawMessage));
  for (const row of rows.filter((one) => one.channel === state.channel)) log.append(row.element);
  group();
  log.scrollTop = log.scrollHeight;
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

/** Shows one message, new or changed, without losing the place or the focus. */
export function showMessage(message) {
  if (message.channel !== state.channel || state.dismissed.has(message.id)) return;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END || message.author.id === state.me.id;
  const before = document.getElementById(`message-${message.id}`);
  const element = drawMessage(message);
  if (before) replace(before, element);
  else log.append(element);
  group();
  if (atEnd) follow(element);
}

/** A long answer is read from its beginning: its head stays on the screen. */
function follow(element) {
  const bottom = log.scrollHeight - log.clientHeight;
  const head = element.offsetTop - log.offsetTop - 8;
  log.scrollTop = Math.min(bottom, Math.max(head, log.scrollTop));
}

function replace(before, element) {
  const focused = before.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.key;
  before.replaceWith(element);
  if (!focused) return;
  const same = key && [...element.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);
  (same || element).focus();
}

function remove(id) {
  const element = document.getElementById(`message-${id}`);
  if (!element) return;
  const next = element.nextElementSibling ?? element.previousElementSibling;
  if (element.contains(document.activeElement)) (next?.matches("article") ? next : log).focus();
  element.remove();
  group();
}

/** Messages of one author close after another share a head. */
function group() {
  let previous = null;
  for (const element of log.querySelectorAll("article[id]")) {
    const message = find(element.id.slice("message-".length));
    const joined = previous && message && previous.author.id === message.author.id && !message.reply && !message.command && !message.ephemeral && !previous.ephemeral
      && new Date(message.created) - new Date(previous.created) < TOGETHER_MS;
    element.classList.toggle("joined", Boolean(joined));
    previous = message;
  }
}

function pending(row) {
  row.element?.remove();
  const done = () => { row.element.remove(); rows.splice(rows.indexOf(row), 1); };
  row.element = make("article", { class: "message pending", "aria-label": state.bot.name, tabindex: "-1" },
    make("p", { class: "above" }, say("used", { name: state.me.name, command: row.text })), avatar(state.bot),
    make("div", { class: "head" }, make("span", { class: "author" }, state.bot.name), make("span", { class: "badge" }, say("app"))),
    make("p", { class: row.failed ? "failure" : "thinking" }, say(row.failed ? "silentBot" : "sending")),
    row.failed ? make("p", { class: "below" }, say("onlyYou"), " · ", button(say("dismiss"), done, { class: "plain" })) : null);
  if (!rows.includes(row)) rows.push(row);
  if (row.channel === state.channel) log.append(row.element);
  log.scrollTop = log.scrollHeight;
}

function settled(row) {
  row.element?.remove();
  if (rows.includes(row)) rows.splice(rows.indexOf(row), 1);
}

/** Once a message of a command is there, nothing is pending any more. */
export function arrived(message) {
  if (message.command?.user !== state.me.name) return;
  rows.filter((row) => !row.failed).slice(0, 1).forEach(settled);
}

when("redraw", (id) => { const message = find(id); if (message) showMessage(message); });
when("gone", remove);
when("pending", pending);
when("settled", settled);

log.addEventListener("keydown", (event) => {
  const all = [...log.querySelectorAll("article")];
  const own = event.target === log || all.includes(event.target);
  if (!own || !["ArrowUp", "ArrowDown"].includes(event.key) || !all.length) return;
  const at = all.indexOf(event.target);
  const next = event.key === "ArrowUp" ? (at < 0 ? all.length : at) - 1 : at + 1;
  if (all[next]) {
    event.preventDefault();
    all[next].focus();
  }
});
