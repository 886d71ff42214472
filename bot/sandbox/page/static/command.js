// A chosen slash command: its options as labelled fields, completed as one types, then sent.

import { button, freshId, make } from "./dom.js";
import { run, tryTo } from "./acting.js";
import { Suggestions } from "./suggestions.js";
import { picker } from "./picker.js";
import { read } from "./uploads.js";
import { say } from "./words.js";
import { state } from "./state.js";

const STRING = 3, INTEGER = 4, BOOLEAN = 5, USER = 6, CHANNEL = 7, ROLE = 8, MENTIONABLE = 9, NUMBER = 10, FILE = 11;
const SELECT_OF = { [USER]: 5, [CHANNEL]: 8, [ROLE]: 6, [MENTIONABLE]: 7 };
const PAUSE_MS = 150;

/** The form of a command; `text` goes into its first option of text, `leave()` ends it. */
export function commandForm(command, text, leave) {
  const fields = new Map();
  const form = make("form", { class: "command", "aria-label": `/${command.shown}`, novalidate: true });
  const trouble = make("p", { class: "trouble", role: "alert" });
  const list = make("div", { class: "options" });
  const more = make("div", { class: "row optional" });
  const filled = async () => Object.fromEntries((await Promise.all([...fields].map(async ([name, one]) => [name, await one.value()]))).filter(([, value]) => value !== undefined));
  const add = (option, value) => {
    const one = field(command, option, value, filled);
    fields.set(option.name, one);
    list.append(one.element);
    return one;
  };
  for (const option of command.options) {
    if (option.required) add(option);
    else {
      const opener = button(`+ ${option.shown}`, () => { add(option).focus(); opener.remove(); more.hidden = !more.children.length; }, { label: `${say("options")}: ${option.shown}. ${option.description}`, class: "chip" });
      more.append(opener);
    }
  }
  const textual = command.options.find((one) => one.type === STRING);
  if (text && textual) {
    if (!fields.has(textual.name)) more.children[command.options.filter((one) => !one.required).indexOf(textual)]?.click();
    fields.get(textual.name).set(text);
  }
  more.hidden = !more.children.length;
  form.append(make("div", { class: "command-head" }, make("strong", {}, `/${command.shown}`), make("span", { class: "dim" }, command.description)),
    list, trouble, make("div", { class: "row" }, more, make("div", { class: "row end" }, button(say("cancel"), leave), make("button", { type: "submit", class: "primary" }, say("send")))));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); leave(); } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = await filled();
    const missing = command.options.find((one) => one.required && (values[one.name] === undefined || values[one.name] === ""));
    if (missing) {
      trouble.textContent = `${missing.shown}: ${say("needed")}`;
      fields.get(missing.name).focus();
      return;
    }
    leave();
    run("slash", { channel: state.channel, command: command.path, options: values }, `/${command.shown}`);
  });
  form.focusFirst = () => ([...fields.values()][0] ?? { focus: () => form.querySelector("[type=submit]").focus() }).focus();
  return form;
}

function field(command, option, value, filled) {
  const id = freshId("option");
  const inner = control(command, option, id, filled);
  if (value !== undefined) inner.set(value);
  const name = [option.shown, option.required ? make("span", { class: "needed", "aria-hidden": "true" }, " *") : null];
  const label = inner.labelled ? make("label", { for: id }, name) : make("span", { class: "label" }, name);
  const hint = make("p", { class: "hint", id: `${id}-hint` }, option.description);
  (inner.box ?? inner.element).setAttribute("aria-describedby", hint.id);
  return { ...inner, element: make("div", { class: "field" }, label, inner.element, hint), focus: () => (inner.box ?? inner.element.querySelector("button, input") ?? inner.element).focus() };
}

function control(command, option, id, filled) {
  if (option.choices.length) return chosen(option, option.choices.map((one) => ({ value: one.value, label: one.name })));
  if (option.type === BOOLEAN) return chosen(option, [{ value: true, label: say("yes") }, { value: false, label: say("no") }]);
  if (SELECT_OF[option.type]) return chosen(option, entities(option.type));
  if (option.type === FILE) {
    const box = make("input", { type: "file", id });
    return { element: box, box, labelled: true, set: () => {}, value: async () => (await read([...box.files]))[0] };
  }
  return typed(command, option, id, filled);
}

function entities(type) {
  const people = state.everybody.map((one) => ({ value: one.id, label: one.name }));
  const roles = state.roles.map((one) => ({ value: one.id, label: one.name }));
  if (type === USER) return people;
  if (type === ROLE) return roles;
  if (type === CHANNEL) return state.channels.filter((one) => one.guild).map((one) => ({ value: one.id, label: `#${one.name}` }));
  return [...people, ...roles];
}

function chosen(option, options) {
  let value;
  const element = picker({ label: option.shown, options, onChoose: ([one]) => { value = one; } });
  return { element, labelled: false, set: () => {}, value: async () => value };
}

function typed(command, option, id, filled) {
  const numeric = option.type === INTEGER || option.type === NUMBER;
  const box = make("input", {
    id, type: "text", inputmode: numeric ? "decimal" : null, autocomplete: "off", role: option.autocomplete ? "combobox" : null,
    maxlength: option.max_length, minlength: option.min_length, required: option.required,
  });
  let exact = null;
  const parse = (text) => {
    if (text === "") return undefined;
    if (exact && exact.name === text) return exact.value;
    return numeric && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  };
  const inner = { element: box, box, labelled: true, set: (text) => { box.value = text; }, value: async () => parse(box.value) };
  if (!option.autocomplete) return inner;
  const list = new Suggestions(box, option.shown, (one) => { exact = one.entry; box.value = one.label; }, { eager: false });
  let asked = 0;
  let timer = 0;
  const offer = async () => {
    asked += 1;
    const mine = asked;
    const others = await filled();
    delete others[option.name];
    const data = { channel: state.channel, command: command.path, option: option.name, typed: box.value, options: others };
    const outcome = await tryTo("complete", data).catch(() => null);
    if (mine !== asked || document.activeElement !== box) return;
    list.show(outcome?.choices.length ? outcome.choices.map((one) => ({ label: one.name, entry: one })) : null);
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(offer, PAUSE_MS); };
  box.addEventListener("input", () => { exact = null; soon(); });
  box.addEventListener("focus", soon);
  box.addEventListener("blur", () => { asked += 1; list.hide(); });
  box.addEventListener("keydown", (event) => list.key(event));
  return { ...inner, element: make("div", { class: "picker" }, box, list.element) };
}
