// Mentions as one types them, "@Ada", and as they are sent, "<@1>".

import { state } from "./state.js";

const TYPING = /(^|\s)@([^\s@]*)$/u;

/** The people that fit what is being typed before the caret; null where it is no mention. */
export function fitting(before) {
  const found = TYPING.exec(before);
  if (!found) return null;
  const typed = found[2].toLowerCase();
  const people = [state.bot, ...state.everybody.filter((one) => one.id !== state.bot.id)];
  const fit = people.filter((one) => one.name.toLowerCase().startsWith(typed));
  return fit.length ? fit.map((one) => ({ label: `@${one.name}`, person: one, length: found[2].length + 1 })) : null;
}

/** Names into ids; the longest name first, so that no name cuts another short. */
export function encode(text) {
  const known = [...state.everybody].sort((a, b) => b.name.length - a.name.length);
  return known.reduce((told, one) => told.replace(new RegExp(`(?<![\\p{L}\\p{N}_<])@${escaped(one.name)}(?![\\p{L}\\p{N}_])`, "gu"), `<@${one.id}>`), text);
}

/** Ids into names, to be edited. */
export function decode(text) {
  return text.replace(/<@!?(\d+)>/g, (whole, id) => {
    const found = state.everybody.find((one) => one.id === id);
    return found ? `@${found.name}` : whole;
  });
}

function escaped(name) {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
