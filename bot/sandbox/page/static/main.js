// Starts the page: takes the key from the address, connects, and hands news to those who show them.

import { actOver, ask } from "./acting.js";
import { applyTheme } from "./theme.js";
import { arrived, drawLog, showMessage } from "./log.js";
import { drawBar, drawSide, openSide } from "./side.js";
import { drawComposer } from "./composer.js";
import { drawerOpener, record, redrawDrawer } from "./drawer.js";
import { Line } from "./line.js";
import { drop, fill, find, here, keep, state, tell, when } from "./state.js";
import { say, speak } from "./words.js";

const TYPING_MS = 10000;
const TOLD_MS = 4000;
const told = document.getElementById("told");
const typing = document.getElementById("typing");
let typingEnds = 0;
let telling = 0;

function announce(text, { lasting = false } = {}) {
  clearTimeout(telling);
  told.textContent = text;
  if (!lasting) telling = setTimeout(() => { told.textContent = ""; }, TOLD_MS);
}

function drawFrame() {
  drawSide();
  drawBar(here(), drawerOpener());
}

/** Sits down as somebody, or as oneself again, and draws everything anew. */
async function become(asked = {}) {
  const seen = await ask("become", asked);
  if (!seen) return;
  fill(seen);
  speak(state.me.locale);
  document.title = `${state.bot.name} · ${state.guild}`;
  document.querySelector(".skip").textContent = say("skip");
  await commands();
  drawFrame();
  drawLog();
  drawComposer();
  redrawDrawer();
}

async function commands() {
  if (state.channel) state.commands = (await ask("commands", { channel: state.channel })) ?? { slash: [], message: [] };
}

async function go(channel) {
  state.channel = channel;
  state.replyTo = state.editing = null;
  typing.textContent = "";
  await commands();
  openSide(false);
  drawFrame();
  drawLog();
  drawComposer({ focus: true });
}

const HEARD = {
  message({ message }) {
    if (message.author.id === state.bot.id && message.channel === state.channel) typing.textContent = "";
    arrived(message);
    keep(message);
    showMessage(message);
  },
  gone({ id, channel }) {
    drop(id, channel);
    tell("gone", id);
  },
  interaction(news) {
    if (!news.answered || !news.source) return;
    state.busy.delete(`${news.source}:${news.custom_id}`);
    if (find(news.source)) tell("redraw", news.source);
  },
  typing({ channel }) {
    if (channel !== state.channel) return;
    typing.textContent = say("typing", { name: state.bot.name });
    clearTimeout(typingEnds);
    typingEnds = setTimeout(() => { typing.textContent = ""; }, TYPING_MS);
  },
  bot(news) {
    state.online = news.online;
    record(news);
    drawBar(here(), drawerOpener());
  },
  commands,
  request: record,
  dispatch: record,
  trouble: record,
};

const line = new Line(location.hash.slice(1), {
  onNews: (news) => HEARD[news.event]?.(news),
  onState: (how) => {
    if (how === "open") {
      told.textContent = "";
      become(state.me ? { person: state.me.id, locale: state.me.locale } : {});
    } else announce(say(how === "refused" ? "wrongKey" : "lost"), { lasting: true });
  },
});

actOver(line);
applyTheme();
when("go", go);
when("become", async (asked) => {
  await become(asked);
  if (asked.person) announce(`${say("people")} ${state.me.name}`);
});
when("say", announce);
// Not by the address: what stands after its # is the key.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector("#box, #write .command input, #write .locked")?.focus();
});
window.addEventListener("hashchange", () => location.reload());
