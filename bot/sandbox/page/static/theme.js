// Light or dark: as the system has it, unless somebody chooses.

import { make } from "./dom.js";
import { say } from "./words.js";

const KEY = "sandbox-theme";

/** Applies what was chosen before. */
export function applyTheme() {
  const chosen = localStorage.getItem(KEY) ?? "system";
  document.documentElement.dataset.theme = chosen;
}

/** The choice between the two and the system's own. */
export function themeChoice() {
  const chosen = localStorage.getItem(KEY) ?? "system";
  const options = ["system", "light", "dark"].map((one) => make("option", { value: one, selected: one === chosen }, say(one)));
  const choose = (event) => { localStorage.setItem(KEY, event.target.value); applyTheme(); };
  return make("label", { class: "setting" }, make("span", {}, say("theme")), make("select", { id: "theme", onchange: choose }, options));
}
