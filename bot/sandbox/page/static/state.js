// What the page knows at the moment, and who wants to hear when it changes.

export const state = {
  me: null, people: [], everybody: [], roles: [], bot: null, guild: "", online: false,
  channels: [], messages: new Map(), channel: null, commands: { slash: [], message: [] },
  replyTo: null, editing: null, busy: new Set(), failed: new Map(), dismissed: new Set(),
};

const listeners = new Map();

/** Calls back when something of that name has happened. */
export function when(name, listener) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(listener);
}

/** Tells everybody who wants to hear of it. */
export function tell(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

/** Takes over all that somebody sees. */
export function fill(seen) {
  for (const key of ["me", "people", "everybody", "roles", "bot", "guild", "online", "channels"]) state[key] = seen[key];
  state.messages = new Map(Object.entries(seen.messages));
  const there = state.channels.some((one) => one.id === state.channel);
  if (!there) state.channel = state.channels[0]?.id ?? null;
  state.replyTo = state.editing = null;
}

/** The channel that is open. */
export function here() {
  return state.channels.find((one) => one.id === state.channel);
}

/** How a place is called. */
export function placeName(channel) {
  return channel.kind === "text" ? `#${channel.name}` : channel.name;
}

/** The messages of the open channel that were not dismissed. */
export function shownMessages() {
  return (state.messages.get(state.channel) ?? []).filter((one) => !state.dismissed.has(one.id));
}

/** Keeps a message, new or changed, in order. */
export function keep(message) {
  const all = state.messages.get(message.channel) ?? [];
  const at = all.findIndex((one) => one.id === message.id);
  if (at >= 0) all[at] = message;
  else all.push(message);
  state.messages.set(message.channel, all);
}

/** Forgets a message. */
export function drop(id, channel) {
  const all = state.messages.get(channel) ?? [];
  state.messages.set(channel, all.filter((one) => one.id !== id));
}

/** The message by an id, wherever it is. */
export function find(id) {
  for (const all of state.messages.values()) {
    const found = all.find((one) => one.id === id);
    if (found) return found;
  }
  return null;
}
