// The developer's drawer: what the bot asked of Discord, what was wrong with it, what it was told.

import { button, make, roam } from "./dom.js";
import { say } from "./words.js";

const MOST = 300;
const MOST_TEXT = 20000;
const drawer = document.getElementById("drawer");
const seen = { requests: [], events: [] };
let tab = "requests";
let opener = null;

/** Takes a request, an event or a bit of trouble in. */
export function record(told) {
  const kind = told.event === "request" ? "requests" : "events";
  seen[kind].push(told);
  if (seen[kind].length > MOST) seen[kind].shift();
  if (opener) label();
  const list = drawer.querySelector(`[data-list="${kind}"]`);
  if (!list) return;
  list.querySelector(".none")?.remove();
  list.prepend(entry(told));
  while (list.children.length > MOST) list.lastChild.remove();
}

/** The button that opens the drawer. */
export function drawerOpener() {
  opener = button("", () => (drawer.hidden ? open() : close()), { id: "drawer-opener", class: "opener-of-drawer", "aria-controls": "drawer", "aria-expanded": String(!drawer.hidden) });
  label();
  return opener;
}

function wrong() {
  return seen.requests.filter((one) => one.problems.length || one.faults.length || one.status >= 400).length;
}

function label() {
  const bad = wrong();
  opener.replaceChildren(make("span", { "aria-hidden": "true" }, "{ }"), make("span", { class: "wide-only" }, ` ${say("drawer")}`),
    bad ? make("span", { class: "count" }, String(bad)) : "");
  opener.setAttribute("aria-label", [say("drawer"), bad && say("problems", { number: bad })].filter(Boolean).join(", "));
}

/** Draws the drawer anew, if it is open. */
export function redrawDrawer() {
  if (!drawer.hidden) open();
}

function open() {
  drawer.hidden = false;
  document.body.classList.add("drawer-open");
  opener.setAttribute("aria-expanded", "true");
  drawer.setAttribute("aria-label", say("drawer"));
  const tabs = ["requests", "events"].map((one) => make("button", {
    type: "button", role: "tab", id: `tab-${one}`, "aria-selected": String(one === tab), "aria-controls": "drawer-list", tabindex: one === tab ? "0" : "-1",
    onclick: () => { tab = one; open(); document.getElementById(`tab-${one}`).focus(); },
  }, say(one)));
  const bar = make("div", { role: "tablist", "aria-label": say("drawer") }, tabs);
  bar.addEventListener("keydown", (event) => {
    const key = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" }[event.key];
    if (key && roam({ key, preventDefault: () => event.preventDefault() }, tabs)) document.activeElement.click();
  });
  const entries = seen[tab].map(entry).reverse();
  drawer.replaceChildren(
    make("div", { class: "drawer-bar" }, bar, button("×", close, { label: say("close"), class: "tool" })),
    make("div", { id: "drawer-list", role: "tabpanel", "aria-labelledby": `tab-${tab}`, "data-list": tab, tabindex: "0" },
      entries.length ? entries : make("p", { class: "none" }, say("noRequests"))));
}

function close() {
  drawer.hidden = true;
  drawer.replaceChildren();
  document.body.classList.remove("drawer-open");
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
}

drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

function entry(told) {
  if (told.event === "trouble") return make("p", { class: "entry wrong" }, `${say("trouble")}: ${told.what}`);
  if (told.event === "bot") return make("p", { class: "entry" }, told.what);
  if (told.event === "dispatch") return details(make("code", {}, told.name), [[say("sent"), told.data]], false);
  const bad = told.problems.length + told.faults.length > 0 || told.status >= 400;
  const head = [make("span", { class: bad ? "status wrong" : "status" }, String(told.status)), make("strong", {}, told.method), make("code", {}, short(told.path))];
  const parts = [[say("sent"), told.body], [say("answered"), told.answer]];
  if (told.files.length) parts.unshift(["", told.files]);
  return details(head, parts, bad, [...told.problems, ...told.faults]);
}

function short(path) {
  return path.replace(/[\w-]{40,}/g, "…");
}

function details(head, parts, bad, problems = []) {
  const element = make("details", { class: bad ? "entry wrong" : "entry" }, make("summary", {}, head));
  element.addEventListener("toggle", () => {
    if (!element.open || element.children.length > 1) return;
    element.append(...problems.map((one) => make("p", { class: "problem" }, one)));
    for (const [name, value] of parts) {
      if (value === null || value === undefined) continue;
      element.append(make("p", { class: "caption" }, name), make("pre", { tabindex: "0" }, JSON.stringify(value, null, 2).slice(0, MOST_TEXT)));
    }
  });
  return element;
}
