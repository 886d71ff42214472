// Where one writes: text, files, replies, edits, and "/" for commands.

import { button, make } from "./dom.js";
import { ask } from "./acting.js";
import { commandForm } from "./command.js";
import { Suggestions } from "./suggestions.js";
import { decode, encode, fitting } from "./mentions.js";
import { read } from "./uploads.js";
import { say, size } from "./words.js";
import { find, here, placeName, state, when } from "./state.js";

const root = document.getElementById("write");
const MOST_LINES_PX = 220;
let files = [];
let ping = true;
let drafts = new Map();
let box = null;

/** Draws the composer for the open channel. */
export function drawComposer({ focus = false } = {}) {
  const place = here();
  files = place?.attachable ? files : [];
  if (!place) return root.replaceChildren();
  if (!place.writable) {
    box = null;
    return root.replaceChildren(make("p", { class: "locked", tabindex: "-1" }, say("locked")));
  }
  const word = say("write", { name: placeName(place) });
  box = make("textarea", { id: "box", rows: "1", "aria-label": word, placeholder: word, maxlength: "2000" });
  box.value = state.editing ? decode(state.editing.text) : drafts.get(state.channel) ?? "";
  const list = new Suggestions(box, say("commands"), (one) => (one.person ? mention(one) : choose(one.command, one.rest)));
  const suggest = () => list.show(...matching(box.value, box.selectionStart));
  box.addEventListener("input", () => { drafts.set(state.channel, box.value); grow(); suggest(); });
  box.addEventListener("keydown", (event) => key(event, list));
  box.addEventListener("paste", (event) => take(event, event.clipboardData.files));
  box.addEventListener("blur", () => list.hide());
  const picker = make("input", { type: "file", multiple: true, hidden: true, onchange: () => { add(picker.files); } });
  root.replaceChildren(make("div", { class: "composer" }, banner(), chips(), list.element,
    make("div", { class: "line" }, picker,
      place.attachable ? button("+", () => picker.click(), { label: say("attach"), class: "tool" }) : null,
      box, button("➤", send, { label: say("send"), class: "tool send" }))));
  grow();
  if (focus) box.focus();
  return root;
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, MOST_LINES_PX)}px`;
}

/** The commands that fit what stands after the slash, or people after an @; null for neither. */
function matching(text, caret) {
  if (!text.startsWith("/") || text.includes("\n")) return [fitting(text.slice(0, caret))];
  const typed = text.slice(1).toLowerCase();
  const fits = (one) => [one.shown, one.path].some((name) => name.startsWith(typed) || typed.startsWith(`${name} `));
  const found = state.commands.slash.filter(fits).sort((a, b) => a.shown.localeCompare(b.shown));
  const entries = found.map((command) => {
    const name = [command.shown, command.path].find((one) => typed.startsWith(`${one} `));
    return { label: `/${command.shown}`, hint: command.description, command, rest: name ? text.slice(name.length + 2).trim() : "" };
  });
  return [entries, say("noCommands")];
}

function mention({ label, length }) {
  const caret = box.selectionStart;
  box.setRangeText(`${label} `, caret - length, caret, "end");
  drafts.set(state.channel, box.value);
}

function choose(command, rest) {
  drafts.delete(state.channel);
  const leave = () => drawComposer({ focus: true });
  const form = commandForm(command, rest, leave);
  root.replaceChildren(form);
  form.focusFirst();
}

function key(event, list) {
  if (list.key(event)) return;
  if (event.key === "Escape" && (state.replyTo || state.editing)) {
    event.preventDefault();
    stop();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
}

function stop() {
  state.replyTo = state.editing = null;
  drawComposer({ focus: true });
}

async function send() {
  const text = box.value.trim();
  if (state.editing) {
    const message = state.editing.id;
    stop();
    if (text) await ask("edit", { message, text: encode(text) });
    return;
  }
  if (!text && !files.length) return;
  const data = { channel: state.channel, text: encode(text), reply_to: state.replyTo?.id, ping, files: await read(files) };
  const done = await ask("say", data);
  if (!done) return;
  drafts.delete(data.channel);
  files = [];
  stop();
}

function banner() {
  if (state.editing) return make("div", { class: "banner" }, make("span", {}, say("edit")), button(say("cancel"), stop, { class: "plain" }));
  if (!state.replyTo) return null;
  const mention = button(`@ ${say(ping ? "pinging" : "silent")}`, () => { ping = !ping; drawComposer({ focus: true }); }, { class: "plain", label: say("ping"), "aria-pressed": String(ping) });
  return make("div", { class: "banner" }, make("span", {}, say("replying", { name: state.replyTo.author.name })), mention, button(say("cancel"), stop, { class: "plain" }));
}

function chips() {
  if (!files.length) return null;
  return make("ul", { class: "chips" }, files.map((file) => make("li", { class: "chip" }, say("fileChosen", { name: file.name, size: size(file.size) }),
    button("×", () => { files = files.filter((one) => one !== file); drawComposer({ focus: true }); }, { label: say("detach", { name: file.name }), class: "plain" }))));
}

function add(list) {
  files = [...files, ...list].slice(0, 10);
  drawComposer({ focus: true });
}

function take(event, list) {
  if (!list?.length || !here()?.attachable) return;
  event.preventDefault();
  add(list);
}

when("reply", (message) => { state.editing = null; state.replyTo = message; ping = true; drawComposer({ focus: true }); });
when("edit", (message) => { state.replyTo = null; state.editing = find(message.id); drawComposer({ focus: true }); });
when("type", (text) => { drafts.set(state.channel, text); drawComposer({ focus: true }); box?.dispatchEvent(new Event("input")); });
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => take(event, event.dataTransfer.files) ?? event.preventDefault());
