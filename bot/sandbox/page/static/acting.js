// What somebody does to the bot, and what is seen until it answers: busy buttons, forms, silence.

import { openForm } from "./form.js";
import { say } from "./words.js";
import { state, tell } from "./state.js";

let line = null;

/** Everything goes over this line. */
export function actOver(theLine) {
  line = theLine;
}

/** Asks the sandbox for something that is no interaction; a refusal is told. */
export async function ask(name, data) {
  try {
    return await line.ask(name, data);
  } catch (error) {
    tell("say", say("refused", { why: error.message }));
    return null;
  }
}

/** Asks for something quietly: the caller deals with a refusal. */
export function tryTo(name, data) {
  return line.ask(name, data);
}

/** Presses a button or makes a selection. */
export async function use(message, part, values) {
  const key = `${message.id}:${part.custom_id}`;
  state.failed.delete(message.id);
  state.busy.add(key);
  tell("redraw", message.id);
  const data = { message: message.id, custom_id: part.custom_id };
  const outcome = values ? await ask("select", { ...data, values }) : await ask("press", data);
  state.busy.delete(key);
  if (outcome && !outcome.answered) state.failed.set(message.id, say("silentBot"));
  tell("redraw", message.id);
  show(outcome);
}

/** Runs a command; `shown` is how it reads while it is on its way. */
export async function run(name, data, shown) {
  const row = { channel: state.channel, text: shown, failed: false };
  tell("pending", row);
  const outcome = await ask(name, data);
  if (outcome && !outcome.answered) {
    row.failed = true;
    tell("pending", row);
  } else tell("settled", row);
  show(outcome);
  return outcome;
}

function show(outcome) {
  if (outcome?.form) openForm(outcome.form, submit);
}

async function submit(form, values) {
  const outcome = await line.ask("submit", { form: form.id, values });
  if (!outcome.answered) throw new Error(say("silentBot"));
  show(outcome);
}
